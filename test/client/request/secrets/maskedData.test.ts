import { expect, test } from 'vitest';
import { maskedData } from '../../../../src/client/request/secrets/maskedData';

test('secrets are maskedData in all texts of the data, also encoded ones, and nothing else changes', () => {
  const data = {
    text: 'before sesame-Open-123 and behind',
    list: ['x', 'a%3Dsesame%2DOpen%2D123', 7, null, true, undefined],
    inner: { twice: 'sesame-Open-123 sesame-Open-123' },
  };
  const shown = maskedData(data, ['sesame-Open-123']);
  expect(JSON.stringify(shown)).not.toMatch(/sesame/);
  expect(shown.text).toBe('before ••• and behind');
  expect(shown.list.slice(2)).toEqual([7, null, true, undefined]);
  expect(shown.inner.twice).toBe('••• •••');
});

test('without secrets, data stays as it is', () => {
  const data = { a: ['b'] };
  expect(maskedData(data, [])).toBe(data);
});

test('the beginning of a secret at which a text was cut is masked, also in the part of a header’s value', () => {
  const cut = (text: string) => text.slice(0, 100);
  const masked = (text: string) => maskedData([cut(text)], ['Bearer tok-ABCDEFGH12345678'])[0];
  expect(masked(`${'y'.repeat(86)}tok-ABCDEFGH12345678`)).toBe(`${'y'.repeat(86)}•••`);
  expect(masked(`${'y'.repeat(95)}TOK-ABCDEFGH12345678`)).toBe(`${'y'.repeat(95)}•••`);
  expect(masked(`${'y'.repeat(97)}tok-ABCDEFGH12345678`)).toBe(`${'y'.repeat(97)}tok`);
  // A text that is as short as this wasn't cut.
  expect(maskedData('tok-ABC', ['Bearer tok-ABCDEFGH12345678'])).toBe('tok-ABC');
});

test.each([
  ['hunter2', 'bad hunter2, hunter22 and xhunter2', 'bad •••, hunter22 and xhunter2'],
  ['hunter2', 'e-hunter2 _hunter2_', 'e-••• _•••_'],
  ['hunter2', 'Hunter2', 'Hunter2'],
  ['p@ss1', '/a?b=p%40ss1&c', '/a?b=•••&c'],
  ['p%40ss1', 'p@ss1', '•••'],
  ['me:geheim', 'user me has geheim', 'user me has •••'],
  ['s=ab12; theme=dark', 'ab12 dark', '••• dark'],
  ['$a.b*', 'x $a.b* y$a.b*', 'x ••• y•••'],
  ['1234', 'port 1234, 12345', 'port •••, 12345'],
  ['abc', 'abc', 'abc'],
  ['true', 'it is true', 'it is true'],
])('a short secret, %s, is masked as a word only: in %j', (secret, text, shown) => {
  expect(maskedData(text, [secret])).toBe(shown);
});

test('a short secret of any signs is masked', () => {
  for (let code = 0x21; code < 0x17f; code += 1) {
    const secret = `a${String.fromCharCode(code)}b1`;
    expect(maskedData(`x ${secret} y`, [secret])).toBe('x ••• y');
  }
  for (const secret of ['----', '\\d+-x', '\ud83dabc', '🔑-k']) expect(maskedData(secret, [secret])).toBe('•••');
});

test('members whose texts are ours stay as they are', () => {
  const data = { kind: 'identity', text: 'identity', list: [{ kind: 'identity' }] };
  expect(maskedData(data, ['identity'], (member) => member === 'kind')).toEqual({ ...data, text: '•••' });
});
