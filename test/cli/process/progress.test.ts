import { PassThrough } from 'node:stream';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { Output } from '../../../src/cli/process/output';
import { Progress } from '../../../src/cli/process/progress';

const CLEAR = '\r\x1b[K';

function newProgress(isTTY: boolean) {
  const stream = Object.assign(new PassThrough(), { isTTY });
  vi.useFakeTimers();
  let count = 0;
  const progress = new Progress(new Output(stream), () => {
    count += 1;
    return `${count} events`;
  });
  onTestFinished(() => progress.close());
  return { progress, written: () => String(stream.read() ?? '') };
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

test('on a terminal it draws the line anew, over the one before, and leaves nothing', () => {
  const { progress, written } = newProgress(true);
  vi.advanceTimersByTime(400);
  expect(written()).toBe(`${CLEAR}1 events${CLEAR}2 events`);
  progress.close();
  progress.close();
  expect(written()).toBe(CLEAR);
  vi.advanceTimersByTime(1000);
  expect(written()).toBe('');
});

test('it makes room for another line, and comes again', () => {
  const { progress, written } = newProgress(true);
  progress.clear();
  expect(written()).toBe('');
  vi.advanceTimersByTime(200);
  progress.clear();
  progress.clear();
  vi.advanceTimersByTime(200);
  expect(written()).toBe(`${CLEAR}1 events${CLEAR}${CLEAR}2 events`);
});

test.each([
  ['in a pipe', false, 'xterm'],
  ['on a terminal that can’t erase', true, 'dumb'],
])('%s there is none', (_, isTTY, term) => {
  vi.stubEnv('TERM', term);
  const { progress, written } = newProgress(isTTY);
  vi.advanceTimersByTime(1000);
  progress.close();
  expect(written()).toBe('');
});
