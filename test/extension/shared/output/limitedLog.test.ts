import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LimitedLog } from '../../../../src/extension/shared/output/limitedLog';
import type { Log } from '../../../../src/extension/shared/output/log';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function newLog() {
  const lines: string[] = [];
  const write = (line: string | Error) => void lines.push(String(line));
  return { log: new LimitedLog({ info: write, error: write } as unknown as Log), lines };
}

test('a hundred lines in 10 s are logged, and the number of further ones', () => {
  const { log, lines } = newLog();
  for (let n = 0; n < 100; n += 1) log.info(`line ${n}`);
  expect(lines).toHaveLength(100);
  for (let n = 0; n < 20_000; n += 1) log.info('more');
  log.error(new Error('and this'));
  expect(lines).toHaveLength(100);
  vi.advanceTimersByTime(10_000);
  expect(lines.slice(100)).toEqual(['20001 more lines were not logged']);
  expect(vi.getTimerCount()).toBe(0);
});

test('in the next period, lines are logged again', () => {
  const { log, lines } = newLog();
  for (let n = 0; n < 100; n += 1) log.info('a');
  vi.advanceTimersByTime(10_000);
  for (let n = 0; n < 100; n += 1) log.error('b');
  vi.advanceTimersByTime(10_000);
  expect(lines).toHaveLength(200);
});

test('close logs the number of omitted lines at once, once, and leaves no timer', () => {
  const { log, lines } = newLog();
  for (let n = 0; n < 105; n += 1) log.info('a');
  log.close();
  log.close();
  expect(lines.slice(100)).toEqual(['5 more lines were not logged']);
  expect(vi.getTimerCount()).toBe(0);
});
