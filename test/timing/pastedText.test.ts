// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is the script that would replace them
// A megabyte behind a command, of which a notification says what it has left out.
import { expect, test } from 'vitest';
import { notesOn } from '../../src/editor/requestNotes';
import { ownTime } from '../support/ownTime';
import { readPasted } from '../support/readPasted';

const PIECES = [' ', '\n', '\t', ' -', "'", '"', '$', '$(', '${', '`', '=', 'a=', ':', 'a:', '&', '|', ' a', '/', 'x'];
const BEGINNINGS = [
  'curl http://a/ | x',
  'curl http://a/ & ',
  'curl http://a/\n',
  'curl http://a/ #',
  'curl http://a/${x',
];

/** Nested deeper than the parser's stack goes: where it ends within a regular expression of its own, so does the process. */
const DEEP: [begin: string, piece: string, end: string][] = [
  ['', '`${', ''],
  ['', '"a"+', '1})'],
  ['', '!', '1})'],
  ['', 'a=>', '1})'],
  ['', 'a?b:', '1})'],
  ['', 'new ', 'a})'],
  ['', 'String(', ''],
  ['', 'class extends ', 'a{}})'],
  ['()=>{', 'if(a)', '1}})'],
  ['()=>{', 'do ', '1}})'],
  ['/', '(', '/})'],
];

test.each(DEEP)('a call of fetch whose body goes on with %j%j without an end is not read', (begin, piece, end) => {
  const text = `fetch("http://a/", {body: ${begin}${piece.repeat(500_000 / piece.length)}${end}`;
  expect(readPasted(text).problem).toContain('The fetch call can’t be read at');
});

test.each(['/', "/'/+", '/"/+', '/`/+'])('what %j begins hides no depth', (begin) => {
  const lines = Array.from({ length: 50 }, (_, at) => {
    const count = 200 + 25 * at;
    return `a.x=${begin}${'`${'.repeat(count)}1${'}`'.repeat(count)};`;
  });
  expect(readPasted(`const a={};\n${lines.join('\n')}fetch("http://a/", {headers: a})`).parsed?.notes).not.toEqual([]);
});

const CONSTANTS = Array.from({ length: 190 }, (_, at) => `c${at}`);
const DECLARED = CONSTANTS.map((name) => `const ${name}={};`).join('');
const NAMED = `fetch("http://a/",{method:"POST",body:JSON.stringify([${CONSTANTS}])});`;
const each = (before: string, behind: string): string => CONSTANTS.map((name) => before + name + behind).join('');
const again = (piece: string, length = 900_000): string => piece.repeat(length / piece.length);

/** Scripts in which many places are read that go on to the text's end, or each of which has all of the text before it. */
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

test.each(MANY_PLACES)('a script of a megabyte takes less than a second, with %s', (_, script) => {
  expect(script.length).toBeLessThan(1024 * 1024);
  expect(ownTime(() => readPasted(script))).toBeLessThan(1000);
});

test.each([20_000, 100_000])('what constants share is given up in words, in a script of %i characters', (length) => {
  const shared = `${DECLARED}${each('', '.append([')}${again('1,', length)}1${'])'.repeat(190)};${NAMED}`;
  const values = `${each('const ', '=[')}${again('1,', length)}${']'.repeat(190)};${NAMED}`;
  for (const script of [shared, values]) expect(readPasted(script).problem).toBe('The text is longer than 1 MB.');
});

test('a megabyte of constants and changes of their own is read', () => {
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

test.each(GROWING)('a body that grows by %s is given up before it is made', (_, body) => {
  const script = `fetch("http://a/",{method:"POST",body:${body}})`;
  expect(ownTime(() => expect(readPasted(script).problem).toBe('The text is longer than 1 MB.'))).toBeLessThan(1000);
});

test.each(['let', 'var', 'function'])('names by the thousand that a callback declares by %s are read once', (word) => {
  const behind = word === 'function' ? '(){}' : ';';
  const declared = Array.from({ length: 50_000 }, (_, at) => `${word} a${at}${behind}`).join('');
  const script = `fetch("http://a/",{onmessage(){${'{'.repeat(100)}${declared}${'}'.repeat(100)}}})`;
  expect(ownTime(() => expect(readPasted(script).parsed?.notes).toEqual([]))).toBeLessThan(1000);
});

test('changes of a large constant are given up', () => {
  const names = Array.from({ length: 75_000 }, (_, at) => `a${at}:"b"`).join();
  const before = process.cpuUsage();
  readPasted(`const h={${names}};${'h.b="b";'.repeat(190)}fetch("http://a/",{headers:h})`);
  expect(process.cpuUsage(before).user).toBeLessThan(1_500_000);
});

test('a constant that is named again and again is given up', () => {
  const script = `const a="${'x'.repeat(900_000)}"; fetch("http://a/", {method: "POST", body: ${'a+'.repeat(190)}a})`;
  expect(readPasted(script).problem).toBe('The text is longer than 1 MB.');
});

test('files that are made of themselves, or each of two of the one before, are read once', () => {
  const doubled = Array.from({ length: 150 }, (_, index) => `cat f${index} f${index} > f${index + 1}`).join('\n');
  const { parsed } = readPasted(`cat /dev/null > f0\n${doubled}\ncurl http://a/ -d @f150`);
  expect(parsed).toMatchObject({ request: { body: '' }, notes: [] });
  const many = Array.from({ length: 9000 }, (_, index) => `cat f${index} > f${index + 1}`).join('\n');
  expect(readPasted(`${many}\ncurl http://a/ -d @f9000`).parsed?.notes).toEqual([{ code: 'file', subject: 'f9000' }]);
  for (const circle of ['cat f > f', 'cat f >> f', 'cat g > f; cat f > g'])
    expect(readPasted(`${circle}\ncurl http://a/ -d @f`).parsed?.notes[0]?.code).toBe('file');
});

/** Here-documents, files and lines whose length the expression for one, or the stack, isn't made for. */
const LONG: [name: string, script: string, body: string | undefined][] = [
  [
    'a here-document with a long indent',
    `curl http://a/ -d @- <<E\n${again(' ', 400_000)}x\n${again(' ', 400_000)}E`,
    'x',
  ],
  [
    'a here-document with a long end',
    `curl http://a/ -d @- <<${again('E', 400_000)}\nx\n${again('E', 400_000)}`,
    undefined,
  ],
  ['here-documents without an end', `curl http://a/ -d @- ${again('<<E0123456789 ')}\nx`, ''],
  [
    'a file that grows line by line',
    `echo x > f\n${`echo ${'x'.repeat(80)} >> f\n`.repeat(9000)}curl http://a/ -d @f`,
    `x${'x'.repeat(80 * 9000)}`,
  ],
  ['a file that grows by itself', `${again('cat g >> f\n', 700_000)}curl http://a/ -d @f`, ''],
  ['a line of cmd that goes on behind signs', `curl "http://a/" -d ${again('?&b=c')} ^\n -N`, again('?&b=c')],
];

test.each(LONG)('a script of almost a megabyte is read in less than a second, with %s', (_, script, body) => {
  let read: ReturnType<typeof readPasted> | undefined;
  const time = ownTime(() => {
    read = readPasted(script);
  });
  expect(time).toBeLessThan(1000);
  if (body !== undefined) expect(read?.parsed?.request.body).toBe(body);
});

test('variables that stand for twice the one before are given up', () => {
  const script = `A=xxxxxxxxxxxxxxxx\n${'A=$A$A\n'.repeat(100)}curl http://a/ -d $A`;
  expect(readPasted(script).problem).toBe('The text is longer than 1 MB.');
});

test.each(PIECES)('a megabyte of %j is read, and noted, in less than a second of the processor', (piece) => {
  const slow = BEGINNINGS.filter((begin) => {
    const before = process.cpuUsage();
    const { parsed } = readPasted(`${begin}${piece.repeat((1_000_000 - begin.length) / piece.length)}y`);
    notesOn(parsed?.notes ?? []);
    return process.cpuUsage(before).user > 1_000_000;
  });
  expect(slow).toEqual([]);
});
