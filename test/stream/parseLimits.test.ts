import { describe, expect, test } from 'vitest';
import { cuttings, read } from '../support/client/parsing';

describe('events larger than maxEventSize', () => {
  test('the part that is read and the omitted bytes add up to the whole', () => {
    const lines = ['data: aaaa', 'data: b', 'data', 'data: cccc'];
    const size = lines.join('').length;
    for (let maxEventSize = 4; maxEventSize < size + 2; maxEventSize += 1) {
      const { events } = read([`${lines.join('\n')}\n\n`], { maxEventSize });
      expect([maxEventSize, events[0]?.omitted]).toEqual([maxEventSize, Math.max(0, size - maxEventSize)]);
      expect('aaaa\nb\n\ncccc').toMatch(new RegExp(`^${events[0]?.data}`));
    }
  });

  test('the next event is whole, wherever the stream is split', () => {
    for (const chunks of cuttings('data: abcdef\ndata: g\n\nid: 1\ndata: hi\n\n')) {
      expect(read(chunks, { maxEventSize: 9 }).events).toMatchObject([
        { data: 'abc', omitted: 10, start: 0, end: 22 },
        { data: 'hi', omitted: 0, id: '1', start: 22, end: 38 },
      ]);
    }
  });

  test.each([': a long comment\ndata: a\n\n', 'data: a\n: a long comment\n\n'])(
    'comments don’t count: %j',
    (stream) => {
      expect(read([stream], { maxEventSize: 7 }).events).toMatchObject([{ data: 'a', omitted: 0 }]);
    },
  );

  test('the fields that come after the data are read as they are', () => {
    const { events } = read(['data: abcdef\nid: 22\nevent: e\n\n'], { maxEventSize: 9, lastEventId: '1' });
    expect(events).toMatchObject([{ data: 'abc', event: 'e', id: '22', omitted: 3 }]);
  });

  test('no field is mistaken for another one, and no value is shortened', () => {
    const times: number[] = [];
    const options = { maxEventSize: 8, onRetry: (time: number) => times.push(time) };
    const { parser, events } = read(['retry: 30000\nid: 12345\n\ndatabase: a\n\n', 'data: a\nevents: b\n\n'], options);
    expect(times.filter((time) => time !== 30_000)).toEqual([]);
    expect(['', '12345']).toContain(parser.lastEventId);
    expect(events).toMatchObject([{ data: 'a' }]);
  });
});

describe('events larger than maxTextSize', () => {
  const limits = { maxEventSize: 100, maxTextSize: 12 };
  const dataOf = (text: string) =>
    read([text], limits).events.map(({ data, omitted, isCut }) => [data, omitted, isCut]);

  test('of data in one line, the beginning is decoded, and the next event is whole', () => {
    expect(dataOf('data: 1234567\n\ndata: 7\n\n')).toEqual([
      ['1234567'.slice(0, 6), 0, true],
      ['7', 0, undefined],
    ]);
    expect(dataOf('data: 123456\n\n')).toEqual([['123456', 0, undefined]]);
  });

  test('of data in several lines, those that begin in that size are decoded', () => {
    expect(dataOf('data:1\ndata:2\ndata:3\ndata:4\n\n')).toEqual([['1\n2', 0, true]]);
  });

  test('what is omitted is counted from the maximum size on alone', () => {
    expect(dataOf(`data:${'x'.repeat(200)}\n\n`)).toEqual([['xxxxxxx', 105, true]]);
  });
});

test('a million short lines of data are kept as they came', () => {
  const { events } = read([`${'data:a\n'.repeat(100_000)}data\ndata:😀\n\n`]);
  expect(events[0]?.data).toBe(`${'a\n'.repeat(100_000)}\n😀`);
});
