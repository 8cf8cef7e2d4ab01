// A call of fetch whose values are in many places of a script, which extend to its end, or expand to very much.
import { expect, test } from 'vitest';
import { readPasted } from '../../support/inspector/readPasted';
import { drawn } from '../../support/random/drawn';
import { ownTime } from '../../support/time/ownTime';

const CONSTANTS = Array.from({ length: 190 }, (_, at) => `c${at}`);
const DECLARED = CONSTANTS.map((name) => `const ${name}={};`).join('');
const NAMED = `fetch("http://a/",{method:"POST",body:JSON.stringify([${CONSTANTS}])});`;
const each = (before: string, behind: string): string => CONSTANTS.map((name) => before + name + behind).join('');
const again = (piece: string, length = 900_000): string => piece.repeat(length / piece.length);

/** Scripts with many places that are read to the end of the text, or that each have the whole text before them. */
const MANY_PLACES: [name: string, script: string][] = [
  ['changes that are one', `${DECLARED}${NAMED}${each('', '.append(/*')}*/${again('1,')}`],
  ['changes that are one, and can be read', `${DECLARED}${NAMED}${each('', '.append(/*')}*/${again('1,')}1);`],
  ['values that are one', `${each('const ', '=/*')}*/[${again('1,')}];${NAMED}`],
  ['values that are one, without an end', `${each('const ', '=/*')}*/[${again('1,')};${NAMED}`],
  ['values that are one text', `${each('const ', '=/*')}*/"${again('a')}";${NAMED}`],
  ['values that are one chain', `${each('const ', '=/*')}*/a${again('.b')};${NAMED}`],
  ['values in values', `${each('const ', '=[')}${again('1,')}${']'.repeat(190)};${NAMED}`],
  [
    'changes in comments that aren’t closed',
    DECLARED + NAMED + each('', '.append(/*').repeat(100) + again('* ', 600_000),
  ],
  ['changes that end in comments', `${DECLARED}${NAMED}${each('', '.append("a",1)/*')}*/${again(' ')}`],
  ['changes on one line', DECLARED + NAMED + each('', '.append("a",1);').repeat(200)],
  ['changes on a line each', DECLARED + NAMED + each('\n', '.append("a",1);').repeat(200)],
  ['changes that can’t be read', DECLARED + NAMED + each('', '.append("a",1 2);').repeat(200)],
  ['changes behind directives', again("'a';", 400_000) + DECLARED + NAMED + each('', '.append("a",1);').repeat(150)],
  ['changes of what is far within', DECLARED + NAMED + again(each('', `['](']${'.b'.repeat(9000)}=1;`))],
  ['names that aren’t changed', `${DECLARED}${NAMED}${again('c5.a[')}`],
];

test.each(drawn(MANY_PLACES, 3))('a script of a megabyte takes less than a second, with %s', (_, script) => {
  expect(script.length).toBeLessThan(1024 * 1024);
  expect(ownTime(() => readPasted(script))).toBeLessThan(1000);
});

test.each([20_000, 100_000])('exponentially shared constants are rejected, in a script of %i characters', (length) => {
  const shared = `${DECLARED}${each('', '.append([')}${again('1,', length)}1${'])'.repeat(190)};${NAMED}`;
  const values = `${each('const ', '=[')}${again('1,', length)}${']'.repeat(190)};${NAMED}`;
  for (const script of [shared, values])
    expect(readPasted(script).problem).toBe('The text is too complex to be read. Shorten it.');
});

test('a megabyte of constants with changes is read', () => {
  const value = again('a', 2400);
  const script = `${each('const ', `={b:"${value}"};`)}${each('', `.c="${value}";`)}${NAMED}`;
  const { parsed } = readPasted(script);
  expect(JSON.parse(parsed?.request.body ?? '')).toEqual(CONSTANTS.map(() => ({ b: value, c: value })));
});

/** Expressions whose values grow with each call. */
const GROWING: [name: string, body: string][] = [
  ['btoa', `${'btoa('.repeat(120)}"abc"${')'.repeat(120)}`],
  ['encodeURIComponent', `${'encodeURIComponent('.repeat(120)}"${again('%', 300_000)}"${')'.repeat(120)}`],
  ['new URLSearchParams', `${'new URLSearchParams('.repeat(90)}"${again('%', 300_000)}"${')'.repeat(90)}`],
  ['JSON.stringify', `${'JSON.stringify('.repeat(90)}"${again('\\"', 300_000)}"${')'.repeat(90)}`],
  ['indents', `JSON.stringify(${'['.repeat(120)}${again('1,')}${']'.repeat(120)},null,10)`],
  [
    'indents in constants',
    `JSON.stringify(d0,null,10)});${Array.from(
      { length: 9 },
      (_, at) => `const d${at}=${'['.repeat(110)}d${at + 1}${']'.repeat(110)};`,
    ).join('')}const d9=[${again('1,')}];({a:1`,
  ],
];

test.each(drawn(GROWING, 3))('a body that grows by %s is rejected before it is built', (_, body) => {
  const script = `fetch("http://a/",{method:"POST",body:${body}})`;
  expect(
    ownTime(() => expect(readPasted(script).problem).toBe('The text is too complex to be read. Shorten it.')),
  ).toBeLessThan(1000);
});

test.each(['let', 'var', 'function'])('thousands of names that a callback declares by %s are read once', (word) => {
  const behind = word === 'function' ? '(){}' : ';';
  const declared = Array.from({ length: 50_000 }, (_, at) => `${word} a${at}${behind}`).join('');
  const script = `fetch("http://a/",{onmessage(){${'{'.repeat(100)}${declared}${'}'.repeat(100)}}})`;
  expect(ownTime(() => expect(readPasted(script).parsed?.notes).toEqual([]))).toBeLessThan(1000);
});
