// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is the script that would replace them
// A megabyte after a command, whose omission is noted in a notification.
import { expect, test } from 'vitest';
import { notesOn } from '../../../../src/client/requestNotes';
import { inEnglish } from '../../../../src/text/translate';
import { readPasted } from '../../../support/inspector/readPasted';
import { drawn, isLong } from '../../../support/random/drawn';
import { ownTime } from '../../../support/time/ownTime';

/** Length of a text of pieces. What takes quadratic time is seen in either. */
const LENGTH = isLong ? 1_000_000 : 125_000;
const PIECES = [' ', '\n', '\t', ' -', "'", '"', '$', '$(', '${', '`', '=', 'a=', ':', 'a:', '&', '|', ' a', '/', 'x'];
const BEGINNINGS = [
  'curl http://a/ | x',
  'curl http://a/ & ',
  'curl http://a/\n',
  'curl http://a/ #',
  'curl http://a/${x',
];

/**
 * Nested deeper than the parser's stack: if the depth ended within the parser's regular expression, the process would crash.
 */
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

test.each(drawn(DEEP, 3))(
  'a fetch call whose body continues with %j%j without an end is rejected',
  (begin, piece, end) => {
    const text = `fetch("http://a/", {body: ${begin}${piece.repeat(500_000 / piece.length)}${end}`;
    expect(readPasted(text).problem).toContain('The fetch call can’t be read at');
  },
);

test.each(['/', "/'/+", '/"/+', '/`/+'])('an unclosed %j doesn’t hide the depth', (begin) => {
  const lines = Array.from({ length: 50 }, (_, at) => {
    const count = 200 + 25 * at;
    return `a.x=${begin}${'`${'.repeat(count)}1${'}`'.repeat(count)};`;
  });
  expect(readPasted(`const a={};\n${lines.join('\n')}fetch("http://a/", {headers: a})`).parsed?.notes).not.toEqual([]);
});

test('changes of a large constant are abandoned', () => {
  const names = Array.from({ length: 75_000 }, (_, at) => `a${at}:"b"`).join();
  const before = process.cpuUsage();
  readPasted(`const h={${names}};${'h.b="b";'.repeat(190)}fetch("http://a/",{headers:h})`);
  expect(process.cpuUsage(before).user).toBeLessThan(1_500_000);
});

test('a constant that is named again and again is abandoned', () => {
  const script = `const a="${'x'.repeat(900_000)}"; fetch("http://a/", {method: "POST", body: ${'a+'.repeat(190)}a})`;
  expect(readPasted(script).problem).toBe('The text is too complex to be read. Shorten it.');
});

test('files that include themselves, or each the previous one twice, are read once', () => {
  const doubled = Array.from({ length: 150 }, (_, index) => `cat f${index} f${index} > f${index + 1}`).join('\n');
  const { parsed } = readPasted(`cat /dev/null > f0\n${doubled}\ncurl http://a/ -d @f150`);
  expect(parsed).toMatchObject({ request: { body: '' }, notes: [] });
  const many = Array.from({ length: 9000 }, (_, index) => `cat f${index} > f${index + 1}`).join('\n');
  expect(readPasted(`${many}\ncurl http://a/ -d @f9000`).parsed?.notes).toEqual([{ code: 'file', subject: 'f9000' }]);
  for (const circle of ['cat f > f', 'cat f >> f', 'cat g > f; cat f > g'])
    expect(readPasted(`${circle}\ncurl http://a/ -d @f`).parsed?.notes[0]?.code).toBe('file');
});

const again = (piece: string, length = 900_000): string => piece.repeat(length / piece.length);

/** Here-documents, files and lines that are too long for the regular expression that matches one, or for the stack. */
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
  ['JSON for cmd that isn’t closed, in PowerShell', `$env:A="x"\ncurl http://a/ -d ${again('"{\\"{\\')}`, undefined],
  ['JSON for cmd that is closed by a word', `$env:A="x"\ncurl http://a/ -d ${again('"{\\"{\\')}"x`, undefined],
  ['many pieces behind a long option', `curl http://a/ -${again('a', 450_000)} ${again("''", 450_000)}`, undefined],
  ['many pieces behind a long name', `curl http://a/ -H -${again('d', 450_000)}! ${again("''", 450_000)}`, undefined],
  [
    'parameters that are set',
    `const u=new URLSearchParams("${again('a&', 600_000)}");u.set("a","b");fetch("http://a/",{method:"POST",body:u})`,
    'a=b',
  ],
  [
    'parameters that are deleted',
    `const u=new URLSearchParams("${again('a&', 600_000)}");u.delete("a");fetch("http://a/",{method:"POST",body:u})`,
    '',
  ],
  [
    'parameters of a URL that are set',
    `const u=new URL("http://a/?${again('a&')}");u.searchParams.set("a","b");fetch(u)`,
    undefined,
  ],
  ['a line of cmd that goes on behind signs', `curl "http://a/" -d ${again('?&b=c')} ^\n -N`, again('?&b=c')],
];

test.each(drawn(LONG, 4))('a script of almost a megabyte is read in less than a second, with %s', (_, script, body) => {
  let read: ReturnType<typeof readPasted> | undefined;
  const time = ownTime(() => {
    read = readPasted(script);
  });
  expect(time).toBeLessThan(1000);
  if (body !== undefined) expect(read?.parsed?.request.body).toBe(body);
});

test('variables that each stand for the previous one twice are abandoned', () => {
  const script = `A=xxxxxxxxxxxxxxxx\n${'A=$A$A\n'.repeat(100)}curl http://a/ -d $A`;
  expect(readPasted(script).problem).toBe('The text is too complex to be read. Shorten it.');
});

test.each(drawn(PIECES, 6))(
  'a long text of %j is read, and noted, in less than a second of the processor for a megabyte',
  (piece) => {
    const slow = BEGINNINGS.filter((begin) => {
      const text = `${begin}${piece.repeat((LENGTH - begin.length) / piece.length)}y`;
      const time = ownTime(() => void notesOn(inEnglish, readPasted(text).parsed?.notes ?? []));
      return time > LENGTH / 1000 + 50;
    });
    expect(slow).toEqual([]);
  },
);

test('query parameters that are set replace the first, and a variable of cmd set from an unknown one has no value', () => {
  const query = 'const u=new URLSearchParams("b=1&a=2&c=3&a=4");u.set("a","5");u.append("c","6");u.delete("b");';
  expect(readPasted(`${query}fetch("http://a/",{method:"POST",body:u})`).parsed?.request.body).toBe('a=5&c=3&c=6');
  const { parsed } = readPasted('set T=old\nset "T=%U%"\ncurl https://a/ -H "X: %T%"');
  expect(parsed?.notes).toEqual([{ code: 'placeholder', subject: '%T%' }]);
});
