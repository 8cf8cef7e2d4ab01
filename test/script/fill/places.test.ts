import { describe, expect, test } from 'vitest';
import { parseScript } from '../../../src/script/parseScript';
import { filled, filledBytes } from '../../support/mock/filled';
import { newScript } from '../../support/mock/newScript';

/** Returns each problem in short: code, and the line, column and end column of its part, in a file whose first line is `:@ fill`. */
const problems = (text: string) =>
  newScript(`:@ fill\n${text}`).problems.map(
    ({ code, place, line, column, endColumn }) => `${code}${place ? ` ${place}` : ''} ${line}:${column}-${endColumn}`,
  );

describe('problems', () => {
  test.each<[line: string, expected: string[]]>([
    ['data: {{x}}', ['place unknown 1:8-9']],
    ['data: {{}}', ['place unknown 1:8-8']],
    ['data: a {{ quer a }} {{n 1}}', ['place unknown 1:11-15', 'place n 1:25-26']],
    ['data: {{random 2 1}}', ['place random 1:15-18']],
    ['data: é😀 {{x}}', ['place unknown 1:12-13']],
    [': {{x}}', ['place unknown 1:4-5']],
    ['event: {{x}}', ['place unknown 1:9-10']],
    ['data: {{ an {{n}}', ['place unknown 1:9-11']],
    ['{{n}}: a', ['placeInName 1:0-5', 'unknownField 1:0-5']],
    ['data{{n}}', ['placeInName 1:4-9', 'unknownField 1:0-9']],
    ['{{query a:b}}', ['placeInName 1:0-13', 'unknownField 1:0-9']],
    ['id: {{n}}', []],
    ['id: a{{n}}b', []],
    ['id: {{n}}{{n}}', ['placeInId 1:9-14']],
    ['id: {{now}}', ['placeInId 1:4-11']],
    ['id: {{query a}}-{{n}}', ['placeInId 1:4-15']],
    ['retry: {{random 1 5}}', []],
    ['retry: {{n', ['badRetry 1:7-10']],
    ['id: \0{{n}}', ['nulInId 1:4-10']],
  ])('%j', (line, expected) => {
    expect(problems(`${line}\n\n`)).toEqual(expected);
  });

  test('the file’s byte order mark has no column, any other has one', () => {
    const found = (text: string) => newScript(text).problems.map(({ line, column }) => `${line}:${column}`);
    expect(found('\ufeff:@ fill\ndata: {{x}}\n\n')).toEqual(['1:8']);
    expect(found(':@ fill\n\ufeffdata: {{x}}\n\n')).toEqual(['1:9']);
  });

  test('directives have no places', () => {
    expect(problems(':@ status 503\n:@ body {{x}} {{n}}\n')).toEqual([]);
    expect(problems(':@ wait {{random 1 2}}s\n')).toEqual(['directive 1:8-23']);
  });

  test('a cut must not divide a place', () => {
    const cut = (at: number) => problems(`:@ cut ${at} 1s\ndata: {{n}}{{{{\n\n`);
    expect([6, 11, 13, 14].map(cut)).toEqual([[], [], [], []]);
    for (const at of [7, 8, 10, 12]) expect(cut(at)).toEqual([expect.stringMatching(/^cutInPlace 1:3-/)]);
  });

  test('an event may have 1,000 places', () => {
    const event = (count: number) => `: {{n}}\ndata: ${'{{n}}'.repeat(count - 2)}\ndata: {{{{\n\n`;
    expect(problems(event(1000) + event(1000))).toEqual([]);
    expect(problems(event(1000) + event(1001))).toEqual(['tooManyPlaces 7:6-8']);
    expect(problems(`data: ${'{{n}}'.repeat(1001)}\n\n`)).toEqual(['tooManyPlaces 1:5006-5011']);
    expect(problems(`${': {{n}}\n'.repeat(1001)}\n`)).toEqual(['tooManyPlaces 1001:2-7']);
  });

  test('a file may have 100,000 places', () => {
    const event = `data: ${'{{n}}'.repeat(1000)}\n\n`;
    expect(problems(event.repeat(100))).toEqual([]);
    expect(problems(`${event.repeat(100)}\ndata: {{n}}\n\n`)).toEqual(['tooManyPlaces 202:6-11']);
  });

  test('a file may ask for 1,000 different values of a request, each as often as it likes', () => {
    const event = (count: number) =>
      Array.from({ length: count }, (_, n) => `: {{${n % 2 ? 'query ' : 'body /'}${n}}}\n`).join('');
    expect(problems(`${event(1000)}\n${event(1000)}\n`)).toEqual([]);
    expect(problems(`${event(1000)}\n: {{n}}{{query 1}}{{body /x}}{{body /y}}\n`)).toEqual([
      'tooManyPlaces 1002:18-29',
    ]);
    expect(problems(`${event(1000)}\n: {{query 0}}\n`)).toEqual(['tooManyPlaces 1002:2-13']);
  });

  test('at most a thousand are reported', () => {
    expect(problems(`data: {{x}}${'{{y}}'.repeat(10)}\n\n`.repeat(1000))).toHaveLength(1000);
  });

  test('a place of a megabyte is decoded, and reported, only in part', () => {
    for (const begin of ['', 'body /', 'n ', 'é'.repeat(999)]) {
      const [problem, ...others] = newScript(`:@ fill\ndata: {{${begin}${'é'.repeat(500_000)}}}\n\n`).problems;
      expect([problem?.code, problem?.column, others]).toEqual(['place', expect.any(Number), []]);
      expect(problem?.text.length).toBeLessThan(2001);
    }
    expect(problems(`data: {{n${' '.repeat(3000)}}}\n\n`)).toEqual(['place unknown 1:8-2008']);
  });
});

describe('long lines', () => {
  const long = 'é'.repeat(200_000);

  test('have their places at any distance', () => {
    const text = `data: ["${long}{{n}}${long}", "${long}{{query q}}"]\n\ndata: {{n}}${long}{{${long}\n\n`;
    const sent = text.replaceAll('{{n}}', (_, at) => (at < text.length / 2 ? '1' : '2')).replace('{{query q}}', '\\"');
    expect(filled(text, { query: 'q="' }) === sent).toBe(true);
  });

  test('have the columns of their problems', () => {
    expect(problems(`data: ${long}{{x}}${long}{{n 1}}\n\n`)).toEqual([
      'place unknown 1:200008-200009',
      'place n 1:400015-400016',
    ]);
  });

  test('may be comments that begin with :@, too', () => {
    expect(filled(`:@@${long}{{n}}\n`) === `:@${long}1\n`).toBe(true);
  });

  test('are the same wherever the pieces end in which they are read', () => {
    const size = 128 * 1024;
    for (let shift = -12; shift <= 4; shift += 1) {
      const before = `["${'x'.repeat(size - 8 + shift)}`;
      const text = `data: ${before}{{n}}{{{{{{query q}}\n\n`;
      const sent = `data: ${before}1{{\\"\n\n`;
      expect([shift, filled(text, { query: 'q="' }) === sent]).toEqual([shift, true]);
    }
  });
});

test('places count as memory', () => {
  const size = (text: string) => newScript(`:@ fill\n${text}`).memory;
  const line = `data: ${'{{n}}'.repeat(1000)}\n\n`;
  expect(size(line) - size(line.replaceAll('{', 'x'))).toBeGreaterThan(100_000);
  const names = Array.from({ length: 100 }, (_, n) => `{{query ${'a'.repeat(190)}${n}}}`).join('');
  expect(size(`data: ${names}\n\n`)).toBeGreaterThan(100 * 190 * 2);
});

test('each name is asked for once, and the body is needed only where it is named', () => {
  const { fill, readsBody } = newScript(':@ fill\ndata: {{query a}}{{query b}}{{query a}}\n\n');
  expect([fill, readsBody]).toEqual([{ queries: ['a', 'b'], pointers: [] }, false]);
  const other = newScript(':@ fill\ndata: {{body /a~1b}}{{body}}{{body /a~1b}}\n\n');
  expect([other.fill, other.readsBody]).toEqual([{ queries: [], pointers: [['a/b'], []] }, true]);
  expect(newScript(':@ when body /a = 1\n').readsBody).toBe(true);
  expect(newScript(':@ when query a = 1\ndata: {{body /a}}\n\n').readsBody).toBe(false);
});

test('overwriting the file’s bytes after parsing changes nothing', () => {
  const file = new TextEncoder().encode(':@ fill\nid: a{{n}}\ndata: {{n}} {{query q}}\n\n');
  const script = parseScript(file);
  file.fill(0x78);
  expect(filledBytes(script, { query: 'q=1' }).toString()).toBe('id: a1\ndata: 1 1\n\n');
});
