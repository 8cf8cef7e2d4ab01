import { expect, test } from 'vitest';
import { isJson } from '../../src/text/jsonSyntax';
import { fuzz } from '../support/random/fuzz';

function isParsed(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Parts of JSON, some of them with small mistakes. */
const PARTS = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '[',
    ']',
    ',',
    ',',
    ':',
    '"',
    '""',
    '"a"',
    '"7"',
    '"a":',
    '"":',
    '{"a":1}',
    '[]',
    '{}',
    '[1]',
  ],
  ...[
    '0',
    '-',
    '7',
    '12',
    '-0',
    '01',
    '.',
    '.5',
    '1.',
    '1.5',
    'e',
    'E',
    '1e5',
    '1E-7',
    '+',
    'true',
    'false',
    'null',
    'tru',
  ],
  ...['\\', '\\"', '\\n', '\\u', '"\\u00e9"', '"\\u00eg"', '"\\x"', '"\\/"', "'", 'a', 'Infinity', 'NaN', '/**/'],
  ...[
    ' ',
    '\n',
    '\r',
    '\t',
    '\v',
    '\u00a0',
    '\ufeff',
    '\u2028',
    '"\u2028"',
    '"\n"',
    '"\u0000"',
    '"\ud800"',
    '"\ud83d\ude00"',
    '',
  ],
];

function randomText(random: () => number): string {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: 1 + Math.floor(random() * 6) }, () => pick(PARTS)).join('');
}

/** Returns random JSON in which one character may be wrong. */
function nearlyJson(random: () => number, depth = 4): string {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  const space = () => pick(['', '', '', ' ', '\r\n', '\t']);
  const list = (one: () => string) =>
    Array.from({ length: Math.floor(random() * 4) }, one).join(`${space()},${space()}`);
  const string = () => pick(['"a"', '""', '"12"', '"\\\\"', '"\\"\\u0041"', '"}"', '"\u00e9\\n"']);
  const value = (depth: number): string => {
    if (depth === 0 || random() < 0.3) return random() < 0.5 ? string() : pick(['0', '-1.5e+7', '120', 'true', 'null']);
    if (random() < 0.5) return `[${space()}${list(() => value(depth - 1))}${space()}]`;
    return `{${space()}${list(() => `${string()}${space()}:${space()}${value(depth - 1)}`)}${space()}}`;
  };
  const text = space() + value(depth) + space();
  if (random() < 0.4) return text;
  const at = Math.floor(random() * (text.length + 1));
  return text.slice(0, at) + pick(['', ...PARTS]) + text.slice(at + pick([0, 1]));
}

test('a random text is JSON if and only if JSON.parse accepts it', async () => {
  let count = 0;
  const { runs, areMany } = await fuzz(3000, (random) => {
    for (const text of [randomText(random), nearlyJson(random)]) {
      if (isParsed(text)) count += 1;
      expect([text, isJson(text)]).toEqual([text, isParsed(text)]);
    }
  });
  if (areMany) expect(count).toBeGreaterThan(runs / 2);
});

test('each of these parts, alone and nested in others, gets the same result as from JSON.parse', () => {
  const around = (part: string) => [
    part,
    `[${part}]`,
    `{"a":${part}}`,
    `{${part}:1}`,
    `"${part}"`,
    `[1${part}`,
    `{${part}`,
  ];
  const texts = PARTS.flatMap(around);
  expect(texts.filter(isJson)).toEqual(texts.filter(isParsed));
});

test('JSON may be nested as deeply as it is long', () => {
  const deep = `${'[{"a":'.repeat(100_000)}1${'}]'.repeat(100_000)}`;
  expect(isJson(deep)).toBe(true);
  expect(isJson(deep.slice(0, -1))).toBe(false);
  expect(isJson(`${deep}]`)).toBe(false);
});
