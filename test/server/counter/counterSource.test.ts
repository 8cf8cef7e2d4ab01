import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newCounter } from '../../../src/server/counter/counterSource';
import type { Connection } from '../../../src/server/http/connection';
import { Turns } from '../../../src/turns/turns';

const MINUTE = 60_000;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Plays the stream of a query for the given time; returns the bytes written, as text. */
function play(query: string, milliseconds: number): string {
  const answer = newCounter(new Turns())({ method: 'GET', query, lastEventId: undefined, headers: {} });
  if (!answer.play) throw new Error(`The answer is ${answer.status}.`);
  let text = '';
  const connection = {
    send: ({ data }: { data: string }) => {
      text += `data: ${data}\n\n`;
    },
    write: (part: string) => {
      text += part;
    },
  };
  const stop = answer.play(connection as unknown as Connection);
  vi.advanceTimersByTime(milliseconds);
  stop();
  expect(vi.getTimerCount()).toBe(0);
  return text;
}

test('a stream that is slower than 15 s gets a comment every 15 s, so that proxies don’t close it', () => {
  expect(play('interval=40000', 80_000)).toBe(':\n:\ndata: 1\n\n:\n:\n:\ndata: 2\n\n');
});

test('the default stream, and any other that is fast enough, has no comments', () => {
  expect(play('', 2 * MINUTE)).toMatch(/^(data: \d+\n\n){120}$/);
  expect(play('interval=15000', 2 * MINUTE)).toMatch(/^(data: \d+\n\n){8}$/);
});
