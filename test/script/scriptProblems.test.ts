import { describe, expect, test } from 'vitest';
import { parseScript } from '../../src/script/parseScript';
import { newScript } from '../support/mock/newScript';
import { memory } from '../support/time/memory';

/** Returns each problem in short: severity, code, and the line, column and end column of its part. */
const problems = (text: string) =>
  newScript(text).problems.map(
    ({ severity, code, line, column, endColumn }) => `${severity} ${code} ${line}:${column}-${endColumn}`,
  );

describe('directives', () => {
  test('an unknown or malformed directive is an error, at its line and columns', () => {
    const text = 'data: a\n\n:@ pause 1s\n:@   wait  5 \r\n:@drop x\r:@\n:@ status\n:@ wait 1s\n';
    expect(newScript(text).problems).toEqual([
      { severity: 'error', code: 'directive', directive: 'unknown', line: 2, column: 3, endColumn: 8, text: 'pause' },
      { severity: 'error', code: 'directive', directive: 'wait', line: 3, column: 11, endColumn: 12, text: '5' },
      { severity: 'error', code: 'directive', directive: 'drop', line: 4, column: 7, endColumn: 8, text: 'x' },
      { severity: 'error', code: 'directive', directive: 'unknown', line: 5, column: 2, endColumn: 2, text: '' },
      { severity: 'error', code: 'directive', directive: 'status', line: 6, column: 3, endColumn: 9, text: 'status' },
    ]);
  });

  test('columns count UTF-16 code units', () => {
    expect(problems(':@ 😀é')).toEqual(['error directive 0:3-6']);
    expect(problems(':@ wait 😀 1s')).toEqual(['error directive 0:8-13']);
    expect(problems('é😀: x')).toEqual(['warning unknownField 0:0-3']);
  });

  test('a file’s byte order mark has no column, as in an editor; any other has one', () => {
    expect(problems('\ufeff:@ pause\nretry: x')).toEqual(['error directive 0:3-8', 'warning badRetry 1:7-8']);
    expect(problems('\ufeffretry: x')).toEqual(['warning badRetry 0:7-8']);
    expect(problems('data: a\n\n\ufeff:@ pause')).toEqual(['error directive 2:4-9']);
    expect(problems(':@ drop\n:@ connection\n\ufeffretry: x')).toEqual(['warning badRetry 2:8-9']);
    expect(problems(':\n\ufeffretry: x')).toEqual(['warning unknownField 1:0-6']);
  });

  test('a loop needs a pause of 1 ms or more before it', () => {
    expect(problems('data: a\n\n:@ loop\n')).toEqual(['error loopWithoutWait 2:3-7']);
    expect(problems(':@ wait 0s\n:@ wait 0.9ms\n:@loop')).toEqual(['error loopWithoutWait 2:2-6']);
    expect(problems('data: a\n\n:@ loop\n:@ wait 1s\n')).toEqual(['error loopWithoutWait 2:3-7']);
    expect(problems(':@ wait 0.5ms\n:@ wait 0.5ms\n:@ loop')).toEqual([]);
    // The file isn't played; if it were, it wouldn't loop endlessly without a pause.
    expect(newScript('data: a\n\n:@ loop\n').steps).toHaveLength(1);
  });

  test('the method must come before the first line that is sent, even a comment', () => {
    expect(problems('data: a\n\n:@ method POST\n')).toEqual(['error notFirst 2:3-14']);
    expect(problems(':\n:@  method GET ')).toEqual(['error notFirst 1:4-14']);
    expect(newScript('\n:@ method POST').method).toBe('GET');
  });

  test('so must all that says how requests are replied to', () => {
    for (const directive of ['path /a', 'header X-Id: 7', 'head 1s', 'unknown-id 204', 'when request 1', 'fill'])
      expect(problems(`data: a\n\n:@ ${directive}\n`)).toEqual([`error notFirst 2:3-${3 + directive.length}`]);
    const { reply } = newScript(':@ path /a\n:@ header X-Id: 7\n:@ header X-Id: 8\n:@ head 1s\n:@ unknown-id resync\n');
    const headers = [
      ['X-Id', '7'],
      ['X-Id', '8'],
    ];
    expect(reply).toEqual({ path: '/a', resumesByGet: false, headers, headDelay: 1000, unknownId: 'resync', when: [] });
  });

  test('a file may set 50 headers', () => {
    const lines = (count: number) => ':@ header X: 1\n'.repeat(count);
    expect(problems(lines(50))).toEqual([]);
    expect(problems(lines(51))).toEqual(['error tooManyHeaders 50:3-14']);
  });

  test('a file may have 20 conditions', () => {
    const lines = (count: number) => ':@ when request 1\n'.repeat(count);
    expect(problems(lines(20))).toEqual([]);
    expect(newScript(lines(20)).reply.when).toHaveLength(20);
    expect(problems(lines(21))).toEqual(['error tooManyConditions 20:3-17']);
  });

  test.each<[string, string[]]>([
    [':@ status 503\n:@ body {}\n', []],
    ['data: a\n\n:@ drop\n:@ status 503\n:@ body {}\n', []],
    [':@ body {}\n', ['error bodyWithoutStatus 0:3-10']],
    [':@ status 204\n:@ body {}\n', ['error bodyWithoutStatus 1:3-10']],
    [':@ status 503\ndata: a\n\n:@ body {}\n', ['error bodyWithoutStatus 3:3-10']],
  ])('a body stands right behind a refusal: %j', (text, expected) => {
    expect(problems(text)).toEqual(expected);
  });

  test('a line is cut only where it goes on behind the cut', () => {
    expect(problems(':@ cut 8 1s\ndata: a\n\n')).toEqual(['error cutTooFar 0:3-11']);
    expect(problems(':@ cut 7 1s\ndata: a\n\n')).toEqual([]);
    const { steps } = newScript('data: 1\n:@ cut 8 50ms\ndata: 北京\n\n');
    const sent = steps.map((step) => [
      step.offset,
      step.kind === 'send' ? Buffer.from(step.bytes).toString('latin1') : '',
    ]);
    expect(sent).toEqual([
      [0, 'data: 1\ndata: \xe5\x8c'],
      [50, '\x97\xe4\xba\xac\n\n'],
    ]);
  });

  test.each<[string, string[]]>([
    [':@ no-newline', ['error noLineBefore 0:3-13']],
    ['data: a\n\n:@ no-newline', ['error noLineBefore 2:3-13']],
    ['data: a\n:@ wait 1s\n:@ no-newline', ['error noLineBefore 2:3-13', 'warning noBlankLine 0:0-0']],
    ['data: a\n:@ drop\n:@ no-newline', ['error noLineBefore 2:3-13']],
    [': a\n:@ no-newline\n:@ no-newline', ['error noLineBefore 2:3-13']],
    ['\ufeff\n:@ no-newline', []],
    [': a\n:@ no-newline', []],
    ['id: 1\n\n: a\n:@ no-newline', []],
  ])('%j: no-newline is about the line right before it, which isn’t blank', (text, told) => {
    expect(problems(text)).toEqual(told);
  });

  test.each<[string, string[]]>([
    ['data: a\n:@ no-newline\ndata: b\n\n', ['error noConnection 1:3-13']],
    ['data: a\n:@ no-newline\n:@ drop\n\n\n', ['error noConnection 1:3-13']],
    [': a\n:@ no-newline\n:@ wait 1s\n:@@\n', ['error noConnection 1:3-13']],
    [': a\n:@ wait 1s\n: b\n:@ no-newline\n:@ loop\n', ['error noConnection 3:3-13']],
    [': a\n:@ no-newline\n:@ drop\n:@ wait 1s\n:@ connection\n: b\n', []],
    [': a\n:@ no-newline\n:@ connection\n: b\n:@ no-newline\n: c', ['error noConnection 4:3-13']],
  ])('%j: behind no-newline, only another connection may send something', (text, told) => {
    expect(problems(text)).toEqual(told);
  });
});

describe('lines', () => {
  test.each<[string, string[]]>([
    ['Data: a\n\n', ['warning unknownField 0:0-4']],
    [' data: a\n\n', ['warning unknownField 0:0-5']],
    ['data : a\n\n', ['warning unknownField 0:0-5']],
    ['datum\n\n', ['warning unknownField 0:0-5']],
    ['data\nevent\nid\n\n', []],
    ['dataa: b\n\ndat\n\n', ['warning unknownField 0:0-5', 'warning unknownField 2:0-3']],
    [':data\n: data\n', []],
  ])('%j: a field that no client knows is warned of', (text, told) => {
    expect(problems(text)).toEqual(told);
  });

  test.each<[string, string[]]>([
    ['retry: 3000\nretry:0\nretry: 007\n', []],
    ['retry: 3s\n', ['warning badRetry 0:7-9']],
    ['retry:-1\n', ['warning badRetry 0:6-8']],
    ['retry:  5\n', ['warning badRetry 0:7-9']],
    ['retry: ٣\n', ['warning badRetry 0:7-8']],
    ['retry\n', ['warning badRetry 0:5-5']],
    ['retry:\n', ['warning badRetry 0:6-6']],
  ])('%j: a reconnection time is digits', (text, told) => {
    expect(problems(text)).toEqual(told);
  });

  test('an id with NUL is warned of, as clients ignore it', () => {
    expect(problems('id: a\0b\ndata: a\n\n')).toEqual(['warning nulInId 0:4-7']);
    expect(problems('data: a\0b\nevent: \0\n\n')).toEqual([]);
  });

  test.each<[string, number | undefined]>([
    ['data: a', 0],
    ['data: a\n', 0],
    ['id: 1\nevent: x\ndata: a\n: comment\n:@ wait 1s\n', 2],
    ['data: a\n\nevent: x\n', 2],
    ['data: a\n:@ drop\ndata: b\n', 2],
    ['data: a\n:@ drop\n:@ connection\ndata: b', 3],
    ['data: a\n:@ wait 1s\n:@ loop\n', 0],
    ['data: a\n:@ status 503\n', 0],
    ['data: a\n:@ no-newline\n', 0],
    ['data: a\n\n', undefined],
    ['data: a\r\r', undefined],
    ['data: a\n\n: comment', undefined],
    ['retry: 5\n', undefined],
    ['data: a\n:@ drop\n', undefined],
    ['data: a\n:@ reset\n:@ status 503\n', undefined],
    ['data: a\n:@ wait 1s\n:@ stall\n', undefined],
    ['data: a\n:@ end', undefined],
    ['data: a\n:@ connection\n', undefined],
    ['', undefined],
  ])('%j: an event that nothing ends is warned of, at its last field (line %s)', (text, line) => {
    const told = newScript(text).problems.filter(({ code }) => code === 'noBlankLine');
    expect(told.map((problem) => problem.line)).toEqual(line === undefined ? [] : [line]);
  });
});

describe('limits', () => {
  test('at most a thousand problems of each severity are reported, and errors regardless of the number of warnings', () => {
    const told = newScript(`${'x\n'.repeat(5000)}${':@ x\n'.repeat(5000)}`).problems;
    expect(told.filter(({ severity }) => severity === 'warning')).toHaveLength(1000);
    expect(told.filter(({ severity }) => severity === 'error')).toHaveLength(1000);
  });

  test('a field or a directive of a megabyte is decoded, and reported, only in part', () => {
    const long = 'x'.repeat(1_000_000);
    const script = newScript(`${long}: a\n:@ ${long}\ndata: ${long}\n\nretry: ${long}\n`);
    expect(script.problems.map(({ code, text }) => [code, text.length < 20_000])).toEqual([
      ['unknownField', true],
      ['directive', true],
      ['badRetry', true],
    ]);
    expect(script.events).toBe(1);
  });
});

test('a problem keeps only its own text in memory, not its whole line', () => {
  const file = new TextEncoder().encode(`abcdefghijklm\u20ac:${'y'.repeat(16_000)}\n`.repeat(1000));
  const before = memory();
  const { problems } = parseScript(file);
  expect(problems[0]?.text).toBe('abcdefghijklm\u20ac');
  // In addition to the file itself.
  expect(memory() - before).toBeLessThan(3_000_000);
  expect(problems).toHaveLength(1000);
});
