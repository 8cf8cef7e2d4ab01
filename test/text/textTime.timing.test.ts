// Time for processing foreign text grows in proportion to its length.
import { expect, test } from 'vitest';
import { mimeTypeOf } from '../../src/client/http/mimeType';
import { CurlError, parseRequest } from '../../src/client/request/curl';
import { MAX_TEXT } from '../../src/client/request/requestLimits';
import { plainText } from '../../src/extension/shared/output/plainText';
import { withCodes, withEscapes } from '../../src/text/foreignText';
import { endOfValue, membersOf } from '../../src/text/jsonMembers';
import { isJsonTree } from '../../src/webview/inspector/events/jsonText';
import { drawn, isLong } from '../support/random/drawn';
import { leastOf } from '../support/time/leastOf';
import { ownTime } from '../support/time/ownTime';
import { pieces } from './textPieces';

const MB = 1024 * 1024;
/** Share of the maximum that a request has here: all of it in the long run. What takes quadratic time is seen in either. */
const SHARE = isLong ? 1 : 1 / 8;
const FAMILY = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}';
const HOSTILE: [string, string][] = [
  ['combining marks', `a${'\u0301'.repeat(MB - 1)}`],
  ['bidi controls', '\u202e\u2067\u05d0 a'.repeat(MB / 5)],
  ['two directions', 'a\u05d0'.repeat(MB / 2)],
  ['emoji families', FAMILY.repeat(MB / 11)],
  ['joiners', '\u200d'.repeat(MB)],
  ['Arabic', '\u0628'.repeat(MB)],
  ['Thai', '\u0e17\u0e35\u0e48'.repeat(MB / 3)],
  ['Devanagari', '\u0915\u094d'.repeat(MB / 2)],
  ['Myanmar', '\u1000\u1039'.repeat(MB / 2)],
  ['tags', `\u{1f3f4}${'\u{e0061}'.repeat(MB / 2)}`],
  ['lone surrogates', '\ud800'.repeat(MB)],
  ['low surrogates', '\udc00'.repeat(MB)],
  ['colours of skin', '\u{1f3fb}'.repeat(MB / 2)],
  ['Burmese vowels', '\u102b'.repeat(MB)],
  ['symbols that are joined', '\u2630\u200d'.repeat(MB / 2)],
  ['colours of skin and Thai vowels', '\u{1f3fb}\u0e33'.repeat(MB / 3)],
  ['controls', '\x01'.repeat(MB)],
  ['controls of Latin-1', '\x85'.repeat(MB)],
];

test.each(drawn(HOSTILE, 5))(
  'a megabyte of %s is cut into pieces of at most 900 characters, within 200 ms of CPU time',
  async (_, text) => {
    let found: string[] = [];
    const time = await leastOf(200, () =>
      ownTime(() => {
        found = pieces(text);
      }),
    );
    expect(found.join('')).toBe(text);
    expect(Math.max(...found.map((piece) => [...piece].length))).toBeLessThanOrEqual(900);
    expect(time).toBeLessThan(200);
  },
);

test.each(
  drawn(
    [
      ['0,0,0…', `[${'0,'.repeat(500_000)}0]`, 500_001],
      ['nested 500,000 deep', '['.repeat(500_000) + ']'.repeat(500_000), 1],
      ['objects nested 100,000 deep', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 1],
      ['backslashes', `["${'\\\\'.repeat(250_000)}${'\\"'.repeat(250_000)}"]`, 1],
      ['a key of 1 MB', `{"${'\u0301'.repeat(1_000_000)}":1}`, 1],
      ['blanks', `[${' '.repeat(1_000_000)}1]`, 1],
      ['strings', `[${'"",'.repeat(300_000)}""]`, 300_001],
    ],
    2,
  ),
)('1 MB of %s is read within 200 ms of CPU time, without using the call stack', async (_, text, members) => {
  let [isTree, count, end] = [false, 0, 0];
  const time = await leastOf(200, () =>
    ownTime(() => {
      isTree = isJsonTree(text);
      count = membersOf(text, 0).values.length;
      end = endOfValue(text, 0);
    }),
  );
  expect([isTree, count, end]).toEqual([true, members, text.length]);
  expect(time).toBeLessThan(200);
});

test('an endless text takes time only for the part that is shown', async () => {
  const texts = ['](', '$(', '\u202e', '\n', '[', '\u0301'].map((piece) => piece.repeat(1e7));
  const time = await leastOf(100, () =>
    ownTime(() => {
      for (const text of texts) plainText(text);
    }),
  );
  expect(time).toBeLessThan(100);
});

function readOrRefuse(text: string): void {
  try {
    parseRequest(text);
  } catch (error) {
    if (!(error instanceof CurlError)) throw error;
  }
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

test.each(drawn(PIECES, 8))(
  'a long text of %j is read, or refused, in less than a second of CPU time for a megabyte',
  (piece) => {
    const slow = BEGINNINGS.filter((begin) => {
      const room = MAX_TEXT * SHARE - begin.length;
      const text = begin + piece.repeat(room / piece.length);
      return ownTime(() => readOrRefuse(text)) > 1000 * SHARE + 50;
    });
    expect(slow).toEqual([]);
  },
);

test.each<[string, string]>([
  ['blanks', `a/${' '.repeat(16_000)}b`],
  ['quotes that aren’t closed', `"${'\\"'.repeat(8000)}\\`],
  ['commas', ','.repeat(16_000)],
  ['types', 'a/b,'.repeat(4000)],
])('a media type of as many %s as a response’s head may have is parsed in milliseconds', (_, value) => {
  expect(ownTime(() => mimeTypeOf([value]))).toBeLessThan(20);
});

test.each([
  ['deletes', '\x7f'.repeat(MB)],
  ['marks of direction', '\u202e'.repeat(MB / 3)],
  ['tags', '\u{e0061}'.repeat(MB / 4)],
])('the codes for a megabyte of %s are made within 100 ms of CPU time', async (_, text) => {
  for (const made of [withCodes, withEscapes])
    expect(await leastOf(100, () => ownTime(() => void made(text)))).toBeLessThan(100);
});
