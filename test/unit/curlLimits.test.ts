import { expect, test } from 'vitest';
import { CurlError, MAX_TEXT, parseRequest } from '../../src/inspector/curl';

/** In milliseconds of this process's processor. */
function cost(text: string): number {
  const before = process.cpuUsage();
  try {
    parseRequest(text);
  } catch (error) {
    if (!(error instanceof CurlError)) throw error;
  }
  return process.cpuUsage(before).user / 1000;
}

const BEGINNINGS = ['curl ', 'curl "', "curl $'", 'curl ^"', 'http://a/?'];
const PIECES = [
  ...[
    "'",
    '"',
    '\\',
    '`',
    '$',
    ' ',
    '\n',
    '^',
    '#',
    '|',
    '-',
    '-H ',
    '-H a:b ',
    '-o a ',
    '-d a ',
    '-b a=b ',
    'a ',
    'a',
  ],
  ...[
    '${',
    '$(',
    '$(a',
    '${a',
    '"$(',
    "$'",
    '\\ ',
    '\\\n',
    '\\x41',
    '$a ',
    '"" ',
    '1>',
    ':1',
    '.',
    '/',
    '[',
    '--data-urlencode a ',
  ],
];

test.each(PIECES)(
  'a megabyte of %j is read, or refused, in less than a second of the processor',
  (piece) => {
    const slow = BEGINNINGS.filter((begin) => {
      const room = MAX_TEXT - begin.length;
      return cost(begin + piece.repeat(room / piece.length)) > 1000;
    });
    expect(slow).toEqual([]);
  },
  60_000,
);

test('what is longer than a megabyte is refused, what is as long is not', () => {
  const url = `http://a/${'x'.repeat(MAX_TEXT - 9)}`;
  expect(parseRequest(url).request.url).toBe(url);
  expect(() => parseRequest(`${url}x`)).toThrow(expect.objectContaining({ code: 'tooLong' }));
});

test('an error names no more than 200 characters of what is wrong', () => {
  const error = (() => {
    try {
      return parseRequest(`curl --${'x'.repeat(1000)} http://a/`);
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toMatchObject({ code: 'unknownOption', subject: `--${'x'.repeat(198)}…` });
});
