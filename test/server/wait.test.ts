import { expect, test } from 'vitest';
import { Wait, WaitTimeoutError } from '../../src/server/wait';

/** Begins a wait, and counts its ends. */
function begin(timeout: number, signal?: AbortSignal) {
  let ends = 0;
  const onEnd = () => {
    ends += 1;
  };
  const wait = new Wait<number>({ timeout, signal, describe: () => 'Nothing came.', onEnd });
  return { wait, ends: () => ends };
}

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

test('a wait ends once, with the first of value and error, and leaves no timer', async () => {
  const before = timers();
  const { wait, ends } = begin(60_000);
  expect(timers()).toBe(before + 1);
  wait.resolve(1);
  wait.reject(new Error('late'));
  wait.resolve(2);
  expect(await wait.promise).toBe(1);
  expect([ends(), timers()]).toEqual([1, before]);
});

test('when its time is over, it rejects with the sentence', async () => {
  const { wait, ends } = begin(1);
  await expect(wait.promise).rejects.toEqual(new WaitTimeoutError('Nothing came.'));
  expect(ends()).toBe(1);
});

test('its signal ends it with the signal’s reason, and is no longer listened to after the end', async () => {
  const abort = new AbortController();
  const [aborted, ended] = [begin(60_000, abort.signal), begin(60_000, abort.signal)];
  ended.wait.resolve(1);
  abort.abort(new Error('The test is over.'));
  await expect(aborted.wait.promise).rejects.toThrow('The test is over.');
  expect([aborted.ends(), ended.ends()]).toEqual([1, 1]);
});

test('a signal that is aborted already lets no wait begin', () => {
  const before = timers();
  expect(() => begin(60_000, AbortSignal.abort(new Error('Over.')))).toThrow('Over.');
  expect(timers()).toBe(before);
});
