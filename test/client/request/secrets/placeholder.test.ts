import { expect, test } from 'vitest';
import { mask } from '../../../../src/client/request/secrets/secrets';
import { get, post } from '../../../support/client/requests';

const PLACEHOLDERS = [
  '$OPENAI_API_KEY',
  '$KEY2',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's.
  '${OPENAI_API_KEY}',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's.
  '${apiKey}',
  '$env:OPENAI_API_KEY',
  '$Env:key',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's.
  '${env:KEY}',
  '%OPENAI_API_KEY%',
  '%token%',
  '<token>',
  '<YOUR_API_KEY>',
  '<YOUR API KEY>',
  '<your-api-key>',
  '{{token}}',
  '{{ api.token }}',
  '$token',
  '$api_key',
];

test.each(PLACEHOLDERS)('%s isn’t a secret, and is shown: in a header, after its scheme, in a parameter', (name) => {
  const given = get(
    `http://a/?api_key=${name}&x=1`,
    ['Authorization', `Bearer ${name}`],
    ['X-Api-Key', name],
    ['Authorization', `Token ${name}`],
  );
  expect(mask(given)).toEqual({ request: given, secrets: [] });
});

test.each([
  '$ecret1',
  '$ecret',
  '$Secret',
  '$password123',
  '$2y$10$N9qo8uLOickgx2ZMRZoMye',
  '$ECRET-1',
  '$TOKEN1x',
  '$A B',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's.
  '${TOKEN:-hunter2}',
  '$(cat t0k3n)',
  '%41bc%',
  '%hunter%',
  '<hunter2>',
  '<HUNTER2>',
  '<hunter>',
  '{token}',
  '{{hunter 2}}',
  'x$TOKEN',
  '$TOKENé',
  '$',
  '%%',
  `$${'A'.repeat(200)}`,
])('%s may be a password, and is masked', (value) => {
  const { request } = mask(get('http://a/', ['X-Api-Key', value], ['Authorization', `Bearer ${value}`]));
  expect(request.headers).toEqual([
    ['X-Api-Key', '•••1'],
    ['Authorization', 'Bearer •••2'],
  ]);
});

test('a longer text with a placeholder in it is masked, and so is a placeholder in a body, which no shell replaces', () => {
  expect(mask(get('http://a/?token=$TOKEN-hunter2')).request.url).toBe('http://a/?token=•••1');
  expect(mask(get('http://u:$PASS@a/')).request.url).toBe('http://•••1@a/');
  expect(mask(post('{"api_key":"$API_KEY"}')).request.body).toBe('{"api_key":"•••1"}');
});
