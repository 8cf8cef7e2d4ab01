import { expect, test } from 'vitest';
import { Slots } from '../../../src/client/probe/slots';

/** Returns work that ends when it is told to. */
function work() {
  let end: () => void = () => {};
  let begun = false;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = () => {
    begun = true;
    return ended;
  };
  return { run, end: () => end(), hasBegun: () => begun };
}

test('work begins in order, and no more of it at once than there are slots', async () => {
  const slots = new Slots(2, new AbortController().signal);
  const all = [work(), work(), work(), work()];
  const done = all.map(({ run }) => slots.run(run));
  const begun = () => all.map(({ hasBegun }) => hasBegun());
  expect(begun()).toEqual([true, true, false, false]);
  all[1]?.end();
  await done[1];
  await expect.poll(begun).toEqual([true, true, true, false]);
  for (const { end } of all) end();
  expect(await Promise.all(done)).toEqual([true, true, true, true]);
});

test('work that waits does not begin after an abort', async () => {
  const controller = new AbortController();
  const slots = new Slots(1, controller.signal);
  const [first, second, third] = [work(), work(), work()];
  const done = [first, second].map(({ run }) => slots.run(run));
  controller.abort();
  first.end();
  expect([...(await Promise.all(done)), await slots.run(third.run)]).toEqual([true, false, false]);
  expect([second.hasBegun(), third.hasBegun()]).toEqual([false, false]);
});

test('work that fails frees its slot', async () => {
  const slots = new Slots(1, new AbortController().signal);
  await expect(slots.run(() => Promise.reject(new Error('Broken.')))).rejects.toThrow('Broken.');
  expect(await slots.run(async () => {})).toBe(true);
});
