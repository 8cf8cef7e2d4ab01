import { expect, test } from 'vitest';
import { encodeEvent, encodeRetry } from '../../src/stream/encode';

test('an event with data alone is one data field and a blank line', () => {
  expect(encodeEvent({ data: '1' })).toBe('data: 1\n\n');
});

test('event and id are encoded before the data', () => {
  expect(encodeEvent({ data: '42', event: 'count', id: '42' })).toBe('event: count\nid: 42\ndata: 42\n\n');
});

test('each line of data gets a field of its own, whatever ended it', () => {
  expect(encodeEvent({ data: 'a\nb\r\nc\rd\n' })).toBe('data: a\ndata: b\ndata: c\ndata: d\ndata: \n\n');
});

test('empty data is an empty data field, which clients dispatch', () => {
  expect(encodeEvent({ data: '' })).toBe('data: \n\n');
});

test('an empty id is sent: it resets the client’s last event id', () => {
  expect(encodeEvent({ data: 'x', id: '' })).toBe('id: \ndata: x\n\n');
});

test.each(['\n', '\r', '\r\n'])('a line break (%j) in event or id is an error, never a second field', (lineBreak) => {
  expect(() => encodeEvent({ data: '', event: `a${lineBreak}data: b` })).toThrow(
    'The event of an event must be one line.',
  );
  expect(() => encodeEvent({ data: '', id: `1${lineBreak}retry: 0` })).toThrow('The id of an event must be one line.');
});

test('a NUL in the id is an error, since clients would ignore the id', () => {
  expect(() => encodeEvent({ data: '', id: '1\0' })).toThrow('must not contain NUL');
});

test('the reconnection time is encoded as a block of its own, which dispatches no event', () => {
  expect(encodeRetry(3000)).toBe('retry: 3000\n\n');
});
