// Values that another member names in other ways than as a name beside a value: lists, defaults, a sign that they are
// secret.
import { expect, test } from 'vitest';
import { mask } from '../../../../src/client/request/secrets/secrets';
import { get, post } from '../../../support/client/requests';
import { expectMasked, S } from './masking';

test.each([
  // Header lists (gRPC, Envoy), Netlify, Heroku, Azure DevOps, GitHub, AWS SSM, Terraform Cloud, GitLab, Postman.
  `{"headers":[{"name":"X-Api-Key","values":["${S}"]}]}`,
  `{"headers":[{"values":["a","${S}"],"name":"X-Api-Key"}]}`,
  `[{"key":"DB_PASSWORD","values":[{"value":"${S}","context":"all"}]}]`,
  `[{"key":"API_KEY","values":[{"value":"${S}","context":"all"}]}]`,
  `[{"values":[{"value":"${S}"}],"key":"DB_PASSWORD"}]`,
  `{"name":"DB_PASSWORD","default":"${S}"}`,
  `{"default":"${S}","name":"DB_PASSWORD"}`,
  `{"value":"${S}","default":"${S}","name":"DB_PASSWORD"}`,
  `{"name":"DB_PASSWORD","default_value":"${S}"}`,
  `{"name":"DB_PASSWORD","defaultValue":"${S}"}`,
  `{"Name":"/db","Value":"${S}","Type":"SecureString"}`,
  `{"Type":"SecureString","Value":"${S}","Name":"/db"}`,
  `{"parameters":{"a":{"type":"securestring","defaultValue":"${S}"}}}`,
  `{"parameters":{"a":{"defaultValue":{"b":"${S}"},"type":"secureObject"}}}`,
  `{"variables":{"foo":{"value":"${S}","isSecret":true}}}`,
  `{"variables":{"foo":{"isSecret":true,"value":"${S}"}}}`,
  `{"variables":{"foo":{"isSecret":"true","value":{"a":["${S}"]}}}}`,
  `{"key":"foo","value":"${S}","sensitive":true}`,
  `{"key":"foo","sensitive":true,"value":"${S}"}`,
  `{"key":"foo","value":["${S}"],"sensitive":true}`,
  `{"key":"foo","value":"${S}","default":"a","secret": true}`,
  `{"key":"foo","value":"${S}","masked":true,"protected":false}`,
  `{"key":"foo","value":"${S}","protected":false,"masked":true}`,
  `[{"key":"foo","value":"a"},{"key":"bar","value":"${S}","encrypted":1}]`,
  JSON.stringify({ a: `{"key":"foo","value":"${S}","sensitive":true}` }),
  `key=foo&value=${S}&masked=true`,
  `masked=true&key=foo&value=${S}`,
  `variables[][key]=foo&variables[][value]=a&variables[][key]=bar&variables[][value]=${S}&variables[][masked]=true`,
  `variables[][masked]=false&variables[][key]=foo&variables[][value]=a&variables[][masked]=true&variables[][key]=bar&variables[][value]=${S}`,
  `- name: foo\n  value: ${S}\n  sensitive: true\n`,
  `- sensitive: true\n  name: foo\n  value: "${S}"\n`,
  `name = "foo"\nsensitive = true\ndefault = "${S}"`,
  `<variable name="foo" value="${S}" sensitive="true"/>`,
  `<variable sensitive="true" name="foo">${S}</variable>`,
  `<v><name>foo</name><secret>true</secret><value>${S}</value></v>`,
  `--b\r\nContent-Disposition: form-data; name="value"\r\n\r\n${S}\r\n--b\r\nContent-Disposition: form-data; name="masked"\r\n\r\ntrue\r\n--b--`,
  // The member that could say so may be the secret itself.
  `{"secret":"${S}-token"}`,
  `{"secret":"${S}-token","value":"a"}`,
  `<secret>${S}-token</secret>`,
  `secret: ${S}-token\na: b\n`,
  `secret=${S}-token&value=a`,
  `{"a":"PASSWORD=a\\n  ${S}"}`,
  // Confluent, Grafana.
  `{"config":{"basic.auth.user.info":"KEY:${S}"}}`,
  `{"value.converter.schema.registry.basic.auth.user.info":"KEY:${S}"}`,
  `schema.registry.basic.auth.user.info=KEY:${S}\na=b`,
  `{"sasl.jaas.config":"org.a.PlainLoginModule required username=\\"u\\" password=\\"${S}\\";"}`,
  `{"secureJsonData":{"httpHeaderValue1":"Bearer ${S}"}}`,
  `{"secure_json_data":{"any":{"b":"${S}"}}}`,
  `{"secureSettings":{"url":"${S}"}}`,
])('in the body %j the secret is masked', (body) => {
  expectMasked(post(body));
});

/** Files and requests with one setting. */
const FILES = [
  `[default]\ntoken = ${S}\n`,
  `[default]\ntoken=${S}\n`,
  `[a]\r\nPassword: ${S}`,
  `# settings\ntoken=${S}\n`,
  `; settings\napi_key = ${S}`,
  `POST / HTTP/1.1\r\nX-Api-Key: ${S}\r\n\r\n`,
  `password:\n  ${S}\n`,
  `password: >-\n  ${S}`,
  `spring:\n  password: ${S}`,
  `users:\n  - api_key: ${S}`,
  `FROM node\nENV API_TOKEN=${S}\n`,
  `FROM node\nENV API_TOKEN ${S}\nRUN npm ci\n`,
  `FROM node\nARG NPM_TOKEN=${S}\nRUN npm ci\n`,
  `FROM node\nENV A=b API_TOKEN=${S}\n`,
  `#!/bin/sh\nexport API_TOKEN=${S}\n`,
  `- token: ${S}`,
  `Password : ${S}`,
  `password = ${S}`,
  `password = ${S} # c`,
  `client secret = "${S}"`,
  `ENV API_TOKEN=${S}`,
  `ARG API_TOKEN=${S}`,
  `set API_TOKEN=${S}`,
  `declare -x API_TOKEN="${S}"`,
  `const api_key = "${S}"`,
];

test.each(FILES)('the secret in the file %j is masked, wherever the file is nested', (file) => {
  expectMasked(post(JSON.stringify({ content: file })));
  expectMasked(post(JSON.stringify({ a: JSON.stringify({ content: file }) })));
  expectMasked(post(`a=1&content=${encodeURIComponent(file)}`));
  expectMasked(post(file));
  expectMasked(get(`http://h/?content=${encodeURIComponent(file)}`));
});

test.each([
  '{"key":"foo","value":"a","sensitive":false}',
  '{"key":"foo","value":"a","isSecret":"no"}',
  '[{"key":"foo","value":"a"},{"key":"bar","sensitive":true}]',
  '{"sensitive":true,"inner":{"value":"a"}}',
  '{"name":"a","values":["b"],"default":"c","type":"string"}',
  '{"name":"cookie_banner_text","default":"c"}',
  'name=a&value=b&masked=false&name=c&value=d',
  'masked=true&other=a',
  '<input type="hidden" name="a" value="b">',
  '<v><name>a</name><secret>false</secret><value>b</value></v>',
  '{"text":"[Note]\\nThe token is gone.\\n"}',
  '{"text":"Dear all,\\nPassword: see below.\\nYours"}',
  '{"text":"# Title\\nSee the password: it is there.\\nMore."}',
  '{"text":"- one\\n- two\\n"}',
  '{"text":"ENV is set, ARG is not."}',
  '{"secureJsonFields":{"a":true},"secureSocket":"a","userInfo":"b","authInfo":"c"}',
])('the body %j has no secret', (body) => {
  expect(mask(post(body)).secrets).toEqual([]);
});
