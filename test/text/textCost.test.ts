import { expect, test } from 'vitest';
import { COST, PIECE_COST, shorten } from '../../src/text/textCost';
import { fuzz } from '../support/random/fuzz';
import { pieces } from './textPieces';

const MB = 1024 * 1024;
const FAMILY = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}';

test.each(['\u{1f3fb}', '\u{1f3fb}\u0e33', '\u0301', '\u102b', '\u102b\u0301', '\u2630\u200d', '\u{1f468}\u200d'])(
  'an overlong cluster of %j is cut into pieces of a hundred',
  (unit) => {
    const [first = ''] = pieces(unit.repeat(5000));
    expect([...first].length).toBeLessThanOrEqual(100);
  },
);

test.each([
  ['families', FAMILY],
  ['accents', 'e\u0301'],
  ['Burmese', 'မြန်မာဘာသာစကား'],
  ['Hindi', 'हिन्दी भाषा '],
  ['flags of Scotland', '\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
])('many %s, each a cluster of a few characters, don’t cost as an overlong cluster', (_, unit) => {
  const [first = ''] = pieces(unit.repeat(5000));
  expect([...first].length).toBeGreaterThan(500);
});

test.each([
  'é \x01',
  '✅Ⅷ',
  '\u024b ',
  '\u02ea ',
  '∀→',
  '漢あ',
  'あ가',
  '漢ㄅ',
  'Ａ漢',
  'ｦ漢',
  '㊙漢',
  'αа',
  'ả\u1f00',
  // A font with the letters of Vietnamese may lack others of their block; and no font has unassigned characters.
  '\u1e9e\u1ea0',
  '\u1e80ả',
  'α\u038b',
  'α\u03a2',
  '가々',
  '가\uff00',
  '漢\u3000',
  '가\uffb6',
  '\uffb6\uffbf',
])('characters of %j, each of which may be a text run of its own, cost accordingly', (unit) => {
  const [first = ''] = pieces(unit.repeat(20_000));
  expect([...first].length).toBeLessThanOrEqual(PIECE_COST / (COST.run / 2));
});

test.each(['\u05d0', '\u0628', '\u200f', '\u202b', '\u202e', '\u2067', '\u{10800}', '\u{1e900}'])(
  'digits and signs behind %j may be runs of their own, up to a letter',
  (turning) => {
    for (const unit of ['1=', '1 ', '\u00b2\u00a9', '\uff11\uff1d'])
      expect(pieces(turning + unit.repeat(8000))[0]?.length).toBeLessThanOrEqual(PIECE_COST / COST.run);
    expect(pieces(`${turning}a${'1='.repeat(8000)}`)[0]?.length).toBeGreaterThan(0.9 * PIECE_COST);
    expect(pieces('1='.repeat(8000) + turning)[0]?.length).toBeGreaterThan(0.9 * PIECE_COST);
  },
);

test.each(['(', '{[', ')', '\u3008', '\u27e8'])(
  'the brackets %j are cheap, unless there is text from right to left before or behind them',
  (brackets) => {
    const [before = ''] = pieces(`a${brackets.repeat(2000)}\u05d0`);
    expect(before).not.toContain('\u05d0');
    expect(before.length).toBeGreaterThan(2000);
    expect(pieces(`\u05d0a${brackets.repeat(8000)}`)[0]?.length).toBeLessThanOrEqual(PIECE_COST / COST.run);
    expect(pieces(`${brackets.repeat(100)}\u05d0`)).toHaveLength(1);
  },
);

test('a piece of ordinary Arabic has as many words as its letters allow', () => {
  const text = 'مرحبا بكم '.repeat(500);
  expect(pieces(text)[0]?.length).toBeGreaterThan((0.98 * 10 * PIECE_COST) / (8 * COST.complex + 2 * (COST.run + 1)));
});

test('a piece of ordinary JSON with names from right to left is not much shorter than one of English', () => {
  const row = JSON.stringify({ id: 12_345, name: 'שלום', path: '/a/b/c', tags: ['one', 'two'], text: 'x'.repeat(200) });
  expect(pieces(row.repeat(100))[0]?.length).toBeGreaterThan(0.3 * PIECE_COST);
});

test.each([
  ['Russian', 'Русский язык — один из восточнославянских языков. ', 0.15],
  ['Greek', 'Η ελληνική γλώσσα είναι μία από τις ινδοευρωπαϊκές. ', 0.15],
  ['French', 'L’été dernier, à Noël, où êtes-vous allés ? ', 0.25],
  ['Vietnamese', 'Tiếng Việt được viết bằng chữ Quốc ngữ. ', 0.1],
  ['Japanese', '日本語のテキストは、このように書かれます。', 0.08],
  ['Korean', '한국어 텍스트는 이렇게 쓰입니다. ', 0.1],
  ['Chinese', '中文文本是这样写的，也有标点。', 0.3],
])('a piece of ordinary %s is not much shorter than one of English', (_, text, part) => {
  expect(pieces(text.repeat(2000))[0]?.length).toBeGreaterThan(part * PIECE_COST);
});

test.each([
  ['letters', 'x'.repeat(MB), PIECE_COST],
  ['0,0,…', '0,'.repeat(MB / 2), PIECE_COST],
  ['line ends', '\n'.repeat(MB), PIECE_COST / COST.line],
  ['Chinese', '\u6f22'.repeat(MB), PIECE_COST / COST.wide],
])('a megabyte of %s is cut into pieces as large as allowed', (_, text, length) => {
  const found = pieces(text);
  expect(found.join('')).toBe(text);
  expect(found[0]?.length).toBeGreaterThan(0.98 * length);
  expect(Math.max(...found.map((piece) => piece.length))).toBeLessThanOrEqual(length);
});

test('a piece ends with a line if possible, else with a word or a list item', () => {
  expect(pieces('one line\nanother\nand more of it', 30)).toEqual(['one line\n', 'another\n', 'and more of it']);
  expect(pieces('{"a":1111,"b":2222,"c":3333}', 11)[0]).toBe('{"a":1111,');
  expect(pieces('the quick brown fox jumps', 17)[0]).toBe('the quick brown ');
});

test('no piece ends within a surrogate pair or a cluster', () => {
  for (let budget = 1; budget < 200; budget += 1) {
    for (const piece of pieces('a\u{1f600}'.repeat(20), budget)) expect(piece).toMatch(/^(a|\u{1f600})+$/u);
    // Only if the budget allows a whole cluster.
    if (budget < 8 * COST.complex) continue;
    for (const piece of pieces(FAMILY.repeat(20), budget)) expect(piece.length % FAMILY.length).toBe(0);
    for (const piece of pieces('e\u0301\u0323'.repeat(30), budget)) expect(piece.length % 3).toBe(0);
  }
});

test('random texts are cut without loss, each piece within its budget or a single character', async () => {
  await fuzz(30, (random) => {
    const next = (most: number) => Math.floor(random() * most);
    const units = Array.from({ length: next(400) }, () => (next(3) > 0 ? next(0x180) : next(0x10000)));
    const text = String.fromCharCode(...units);
    expect(pieces(text, 1 + next(3000)).join('')).toBe(text);
  });
});

test('a text on one line is shortened, with “…”, if it costs too much', () => {
  expect(shorten('a'.repeat(400), 4800)).toBe('a'.repeat(400));
  expect(shorten('\u0628'.repeat(400), 4800)).toBe(`${'\u0628'.repeat(200)}…`);
  expect(shorten('', 0)).toBe('');
});

test('ordinary text of any language is shown in a row as far as it is visible', () => {
  const georgian = 'ქართული ენა არის საქართველოს სახელმწიფო ენა და ერთ-ერთი უძველესი ენა. ';
  const tamil = 'தமிழ் மொழி தமிழர்களினதும், தமிழ் பேசும் பலரதும் தாய்மொழி ஆகும். ';
  for (const text of [georgian, tamil]) expect(shorten(text.repeat(10), 4800).length).toBeGreaterThan(60);
});
