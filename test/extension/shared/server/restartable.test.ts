import { beforeEach, expect, test } from 'vitest';
import { Restartable } from '../../../../src/extension/shared/server/restartable';

/** Calls, in order. */
let seen: string[];
/** Functions that end what was begun, by name. */
let finish: Map<string, (error?: Error) => void>;

beforeEach(() => {
  [seen, finish] = [[], new Map()];
});

/** Begins something that the test ends or makes fail with `finish`. */
function begin(name: string): Promise<void> {
  seen.push(name);
  return new Promise((resolve, reject) => {
    finish.set(name, (error) => (error ? reject(error) : resolve()));
  });
}

/** Resolves when nothing more happens without the test. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

function create(after = Promise.resolve()) {
  let count = 0;
  const restartable: Restartable<number, string> = new Restartable<number, string>({
    after,
    create: () => {
      count += 1;
      return count;
    },
    start: async (one) => {
      await begin(`start ${one}`);
      return `started ${one}`;
    },
    onStarted: (one, started) => void seen.push(`on ${one} ${started}`),
    onFailed: async (reason) => {
      seen.push(`failed: ${reason}`);
      await restartable.end();
    },
    close: (one) => begin(`close ${one}`),
  });
  return restartable;
}

test('repeated calls of start start one instance, and all wait for it', async () => {
  const restartable = create();
  expect(restartable.current).toBeUndefined();
  const both = [restartable.start(), restartable.start()];
  expect(both[0]).toBe(both[1]);
  expect(restartable.current).toBe(1);
  await settle();
  expect(seen).toEqual(['start 1']);
  finish.get('start 1')?.();
  await Promise.all(both);
  expect(seen).toEqual(['start 1', 'on 1 started 1']);
  await restartable.start();
  expect(seen).toHaveLength(2);
});

test('nothing is started before `after` has resolved', async () => {
  const restartable = create(begin('before'));
  void restartable.start();
  await settle();
  expect(seen).toEqual(['before']);
  finish.get('before')?.();
  await settle();
  expect(seen).toEqual(['before', 'start 1']);
});

test('end without an instance waits for `after`', async () => {
  const restartable = create(begin('before'));
  let isOver = false;
  const end = restartable.end().then(() => {
    isOver = true;
  });
  await settle();
  expect(isOver).toBe(false);
  finish.get('before')?.();
  await end;
  expect(seen).toEqual(['before']);
});

test('the next instance is started when the previous one has ended, not before', async () => {
  const restartable = create();
  void restartable.start();
  await settle();
  finish.get('start 1')?.();
  await settle();
  const end = restartable.end();
  expect(restartable.current).toBeUndefined();
  void restartable.start();
  await settle();
  expect(restartable.current).toBe(2);
  expect(seen).toEqual(['start 1', 'on 1 started 1', 'close 1']);
  finish.get('close 1')?.();
  await end;
  await settle();
  expect(seen.slice(3)).toEqual(['start 2']);
});

test('onStarted isn’t called for an instance that was ended during its start, though it has started after all', async () => {
  const restartable = create();
  const started = restartable.start();
  await settle();
  void restartable.end();
  finish.get('start 1')?.();
  await started;
  expect(seen).toEqual(['start 1', 'close 1']);
});

test('onFailed isn’t called for an instance that was ended during its start, and therefore failed', async () => {
  const restartable = create();
  const started = restartable.start();
  await settle();
  void restartable.end();
  void restartable.start();
  finish.get('start 1')?.(new Error('ended'));
  await started;
  expect(seen).toEqual(['start 1', 'close 1']);
  expect(restartable.current).toBe(2);
});

test('onFailed gets the reason why an instance could not start; the instance is ended, and another can be started', async () => {
  const restartable = create();
  const started = restartable.start();
  await settle();
  finish.get('start 1')?.(new Error('The port is taken.'));
  await settle();
  finish.get('close 1')?.();
  await started;
  expect(seen).toEqual(['start 1', 'failed: The port is taken.', 'close 1']);
  expect(restartable.current).toBeUndefined();
  void restartable.start();
  await settle();
  expect(seen.at(-1)).toBe('start 2');
});

test('repeated calls of end close an instance once, and all wait for it', async () => {
  const restartable = create();
  void restartable.start();
  await settle();
  const ends = [restartable.end(), restartable.end()];
  expect(ends[0]).toBe(ends[1]);
  expect(seen).toEqual(['start 1', 'close 1']);
});

test('a second end during the first one waits for both', async () => {
  const restartable = create();
  void restartable.start();
  await settle();
  void restartable.end();
  void restartable.start();
  let isOver = false;
  const end = restartable.end().then(() => {
    isOver = true;
  });
  expect(seen).toEqual(['start 1', 'close 1', 'close 2']);
  finish.get('close 2')?.();
  await settle();
  expect(isOver).toBe(false);
  void restartable.start();
  await settle();
  expect(seen).not.toContain('start 3');
  finish.get('close 1')?.();
  await end;
  await settle();
  expect(seen.at(-1)).toBe('start 3');
});

test('a failure to close rejects for its caller, but not for those who end another instance later', async () => {
  const restartable = create();
  void restartable.start();
  await settle();
  const end = restartable.end();
  finish.get('close 1')?.(new Error('It hangs.'));
  await expect(end).rejects.toThrow('It hangs.');
  void restartable.start();
  await settle();
  finish.get('close 2')?.();
  await restartable.end();
  expect(restartable.current).toBeUndefined();
});
