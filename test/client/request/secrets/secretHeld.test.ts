// Members that are secret because of the object around them, or of a member beside them.
import { expect, test } from 'vitest';
import { mask } from '../../../../src/client/request/secrets/secrets';
import { post } from '../../../support/client/requests';
import { expectMasked, S } from './masking';

test.each([
  // The request of Azure OpenAI's docs.
  `{"stream":true,"data_sources":[{"type":"azure_search","parameters":{"endpoint":"https://x","authentication":{"type":"api_key","key":"${S}"}}}]}`,
  `{"authentication":{"type":"key_and_key_id","key":"${S}","key_id":"x"}}`,
  `{"auth":{"type":"apikey","key":"${S}"}}`,
  `{"auth":[{"key":"${S}"}]}`,
  `{"userAuth":{"code":"${S}"}}`,
  `{"auth":{"key":"X-Api-Key","value":"${S}"}}`,
  `<authentication><type>api_key</type><key>${S}</key></authentication>`,
  `<auth key="${S}"/>`,
  `authentication:\n  type: api_key\n  key: ${S}\n`,
  `a:\n  auth:\n    type: x\n    inner:\n      b: c\n    key: "${S}"\nb: c\n`,
  `auth:\n- type: x\n  key: ${S}\n`,
  `auth:\n  key: |\n    ${S}\n    more\n`,
  `apiKey:\n  stringValue: ${S}\n`,
  `session:\n  id: ${S}\n`,
  `{"values":"auth:\\n  type: x\\n  key: ${S}\\n"}`,
  // Requests for a token of OAuth, in JSON.
  `{"grant_type":"authorization_code","code":"${S}"}`,
  `{"code":"${S}","grantType":"authorization_code"}`,
  `{"client_id":"a","client_secret":"${S}","code":"${S}"}`,
  `{"code":"${S}","redirect_uri":"http://a/"}`,
  `{"code_verifier":"${S}","code":"${S}"}`,
])('in the body %j the secret is masked', (body) => {
  expectMasked(post(body));
});

test.each([
  '{"error":{"code":"invalid_value","key":"a"}}',
  '{"code":"DE","name":"a"}',
  '{"author":{"key":"a"}}',
  '{"sort":{"key":"name"}}',
  '{"session":{"key":"a","code":"b"}}',
  '{"auth":{"key":5,"enabled":true}}',
  '{"auth":{"inner":{"key":"a"}}}',
  '<author><key>a</key></author>',
  '<token key="a"/>',
  'authors:\n  key: a\n',
  'auth:\n  type: a\n  enabled: true\nkey: a\n',
  'auth:\n  type: "a"\n',
  'auth:\n  inner:\n    key: a\n',
  'apiKey:\n  required: true\n  type: string\n  length: 3\n',
  '{"grant_type":"client_credentials","error":{"code":"a"}}',
])('the body %j has no secret', (body) => {
  expect(mask(post(body)).secrets).toEqual([]);
});
