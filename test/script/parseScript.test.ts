import { describe, expect, test } from 'vitest';
import { parseScript } from '../../src/script/parseScript';
import { brief, newScript, sentBy } from '../support/mock/newScript';

const steps = (text: string) => newScript(text).steps.map(brief);
const sent = (text: string) => sentBy(newScript(text)).toString();
/** Returns a property of each step that sends. */
function eachSent<K extends 'events' | 'closed' | 'cutOff' | 'line' | 'offset'>(text: string, key: K) {
  return newScript(text).steps.flatMap((step) => (step.kind === 'send' ? [step[key]] : []));
}

describe('what is sent', () => {
  test('a stream without directives is sent as it is, at one time', () => {
    const stream = ': hello\n\nevent: x\ndata: a\ndata: b\n\nretry: 5\nfoo: bar\n\n\n\ndata: c\n\n';
    expect(newScript(stream)).toMatchObject({ method: 'GET', events: 2, duration: 0, resumePoints: new Map() });
    expect(steps(stream)).toEqual([`> ${stream}`]);
  });

  test('an empty file has no steps', () => {
    expect(newScript('')).toEqual({
      method: 'GET',
      reply: { path: undefined, resumesByGet: false, headers: [], headDelay: 0, unknownId: 'beginning', when: [] },
      steps: [],
      randomPauses: [],
      faults: [],
      numberedPoints: [],
      idSteps: [],
      fill: undefined,
      readsBody: false,
      refusalsEnd: 0,
      loop: undefined,
      resumePoints: new Map(),
      eventTypes: new Set(),
      end: undefined,
      events: 0,
      duration: 0,
      memory: 0,
      problems: [],
    });
  });

  test.each(['\n', '\r', '\r\n'])('lines end with %j, the bytes stay', (end) => {
    const lines = ['data: a', '', ':@ wait 1s', 'id: 1', 'data: b', '', ':@ drop', ''];
    const script = newScript(lines.join(end));
    expect(script.steps.map(brief)).toEqual([`> data: a${end}${end}`, `> id: 1${end}data: b${end}${end}`, 'drop']);
    expect(script.steps.map(({ line }) => line)).toEqual([0, 3, 6]);
    expect(script).toMatchObject({ events: 2, problems: [] });
  });

  test('line ends may be mixed', () => {
    const text = 'data: a\r\r\n:@ wait 1s\r:@ wait 1s\n\rdata: b\n\r:@ wait 1s\r\n\ndata: c\r\n\n';
    expect(steps(text)).toEqual(['> data: a\r\r\n', '> \rdata: b\n\r', '> \ndata: c\r\n\n']);
    expect(newScript(text)).toMatchObject({ events: 3, duration: 3000, problems: [] });
    expect(eachSent(text, 'line')).toEqual([0, 4, 8]);
  });

  test('the last line needs no end, be it a directive or not', () => {
    expect(steps('data: a\n\n:@ wait 1s\ndata: b')).toEqual(['> data: a\n\n', '> data: b']);
    expect(steps('data: a\n\n:@ end')).toEqual(['> data: a\n\n', 'end']);
    expect(steps('data: a\n\r')).toEqual(['> data: a\n\r']);
  });

  test('bytes that aren’t valid UTF-8 are sent as they are', () => {
    const file = Buffer.from('data: \xff\x80\x00\n\n:@ wait 1s\nid: \xc3\ndata: \xed\xa0\x80\n\n', 'latin1');
    expect(Buffer.from(sentBy(parseScript(file))).toString('latin1')).toBe(
      'data: \xff\x80\x00\n\nid: \xc3\ndata: \xed\xa0\x80\n\n',
    );
  });

  test('a comment is sent; with :@@ one that begins with :@', () => {
    expect(sent(': a\n:b\n::@ c\n: @ d\n')).toBe(': a\n:b\n::@ c\n: @ d\n');
    expect(sent(':@@ wait 1s\n:@@@ x\n:@@\r\n:@@')).toBe(':@ wait 1s\n:@@ x\n:@\r\n:@');
    expect(newScript(':@@ nonsense\n').problems).toEqual([]);
    expect(newScript('data: a\n:@@drop\ndata: b\n\n').events).toBe(1);
  });

  test('a directive must be at the beginning of its line', () => {
    const stream = ' :@ drop\ndata: :@ drop\n: :@ drop\n';
    expect(sent(stream)).toBe(stream);
    expect(steps('data: a:@ drop\n\n')).toEqual(['> data: a:@ drop\n\n']);
  });

  test('a byte order mark is sent, except before a directive', () => {
    const mark = '\ufeff';
    expect(sent(`${mark}data: a\n\n`)).toBe(`${mark}data: a\n\n`);
    expect(newScript(`${mark}data: a\n\n`)).toMatchObject({ events: 1, problems: [] });
    expect(newScript(`${mark}\ndata: a\n\n`)).toMatchObject({ events: 1, problems: [] });
    expect(newScript(`${mark}id: 1\n\n`).resumePoints.has('1')).toBe(true);
    expect(newScript(`${mark}:@ method POST\ndata: a\n\n`)).toMatchObject({ method: 'POST', problems: [] });
    expect(sent(`${mark}:@ method POST\ndata: a\n\n`)).toBe('data: a\n\n');
    expect(sent(`${mark}:@@ method POST\n${mark}:@ drop\n`)).toBe(`${mark}:@ method POST\n`);
  });

  test('a second byte order mark, or a later one, is part of its line, unless it begins a connection', () => {
    const mark = '\ufeff';
    expect(newScript(`${mark}${mark}data: a\n\n`).events).toBe(0);
    expect(newScript(`data: a\n\n${mark}data: b\n\n`).events).toBe(1);
    expect(newScript(`:@ wait 1s\n${mark}data: b\n\n`).events).toBe(1);
    expect(newScript(`data: a\n\n:@ drop\n:@ connection\n${mark}data: b\n\n`).events).toBe(2);
  });
});

test('a CR before directives and a lone LF after them are sent as one line end', () => {
  const text = 'data: a\r:@ wait 1s\n\n:@ wait 1s\n\n';
  expect(sent(text)).toBe('data: a\r\n\n');
  expect(newScript(text)).toMatchObject({ events: 1, problems: [] });
  expect(eachSent(text, 'events')).toEqual([0, 0, 1]);
  expect(newScript('data: a\r:@ drop\n:@ connection\n\ndata: b\n\n').events).toBe(1);
});

describe('the steps', () => {
  test('a pause divides the lines into steps, whose times count from the beginning', () => {
    const text = ':@ wait 80ms\ndata: a\n:@ wait 1.25s\n:@ wait 0.5ms\ndata: b\n\n:@ wait 1s\n';
    expect(steps(text)).toEqual(['> data: a\n', '> data: b\n\n']);
    expect(eachSent(text, 'offset')).toEqual([80, 1330.5]);
    expect(newScript(text).duration).toBe(2330.5);
  });

  test('each fault is a step, at its time and line, and so are status and loop', () => {
    const text = [
      'data: a',
      ':@ drop',
      ':@ reset',
      ':@ wait 1s',
      ':@ end',
      ':@ status 503 retry-after 2',
      ':@ status 404',
      ':@ stall',
      ':@ loop',
      '',
    ].join('\n');
    expect(steps(text)).toEqual([
      '> data: a\n',
      'drop',
      'reset',
      'end',
      'status 503 2',
      'status 404 undefined',
      'stall',
      'loop',
    ]);
    expect(newScript(text).steps.map(({ line, offset }) => [line, offset])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [4, 1000],
      [5, 1000],
      [6, 1000],
      [7, 1000],
      [8, 1000],
    ]);
  });

  test('method is of the whole file', () => {
    expect(newScript(':@ method POST\ndata: a\n\n')).toMatchObject({ method: 'POST', problems: [] });
    for (const before of [':@ wait 1s\n', ':@ status 503\n', ':@ connection\n']) {
      expect(newScript(`${before}:@ method POST\ndata: a\n\n`)).toMatchObject({ method: 'POST', problems: [] });
    }
  });

  test('each step has the number of events that have ended with it', () => {
    const text =
      'data: a\n\n:@ wait 1s\nevent: x\n\ndata: b\n:@ wait 1s\ndata: c\n\ndata: d\n\nid: 1\n\n:@ wait 1s\n: x\n';
    expect(eachSent(text, 'events')).toEqual([1, 1, 1, 3, 3]);
    expect(newScript(text).events).toBe(3);
  });

  test('the types are those of its event fields, a hundred at most, each of at most a thousand characters', () => {
    const types = (text: string) => [...newScript(text).eventTypes];
    expect(types('event: b\ndata\n\nevent:a\n\nevent: b\n\nevent: message\n\nevent\nEvent: c\n:event: d\n')).toEqual([
      'b',
      'a',
    ]);
    expect(types(Array.from({ length: 200 }, (_, index) => `event: ${index}\n\n`).join(''))).toHaveLength(100);
    expect(types(`event: ${'x'.repeat(1000)}\nevent: ${'x'.repeat(1001)}\n`)).toEqual(['x'.repeat(1000)]);
  });

  test('complete events and an open event are separate steps', () => {
    expect(steps('data: a\n\n: c\ndata: b\n:@ wait 1s\ndata: c\n\n')).toEqual([
      '> data: a\n\n: c\n',
      '> data: b\n',
      '> data: c\n\n',
    ]);
    expect(eachSent('data: a\n\ndata: b\n:@ wait 1s\ndata: c\n\ndata: d\n', 'closed')).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  test.each<[string, boolean[]]>([
    [': a\n', [true]],
    ['retry: 5\n', [true]],
    ['foo\n', [true]],
    ['event: a\n', [false]],
    ['id: a\n', [false]],
    ['data\n', [false]],
    [': a\n:@ no-newline\n', [false]],
    ['data: a\n\n: b\n:@ no-newline\n', [true, false]],
    ['data: a\n:@ wait 1s\n: b\n:@ wait 1s\n\n', [false, false, true]],
  ])('%j leaves an event, or a line, open or not', (text, closed) => {
    expect(eachSent(text, 'closed')).toEqual(closed);
  });

  test('a block that sets an id ends a step, because clients may resume after it', () => {
    expect(steps('data: a\n\nid: 1\ndata: b\n\ndata: c\n\nid: 2\n\n')).toEqual([
      '> data: a\n\nid: 1\ndata: b\n\n',
      '> data: c\n\nid: 2\n\n',
    ]);
  });

  test('the line of a step is the one in which its bytes begin', () => {
    const text = 'data: a\n\n: c\ndata: b\n:@ wait 1s\n:@ wait 1s\ndata: c\n\nid: 1\n\n\ndata: d\n';
    expect(steps(text)).toHaveLength(5);
    expect(eachSent(text, 'line')).toEqual([0, 3, 6, 10, 11]);
  });
});
