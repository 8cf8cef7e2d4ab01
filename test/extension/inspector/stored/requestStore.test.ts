import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Secret } from '../../../../src/client/request/secrets/secrets';
import { RequestStore } from '../../../../src/extension/inspector/stored/requestStore';
import { form } from '../../../support/inspector/forms';

const RECENT = 'sseCounter.recentRequests';
const HELD = 'sseCounter.heldRequests';
const DAY = 86_400_000;
let memory: Map<string, unknown>;
let stored: Map<string, string>;
let log: string[];
/** Called before something is stored in SecretStorage. */
let onStore: () => Promise<void>;

beforeEach(() => {
  [memory, stored, log] = [new Map(), new Map(), []];
  onStore = async () => undefined;
});

afterEach(() => {
  vi.useRealTimers();
});

/** @param canList whether VS Code can list its entries, as versions after 1.100 can */
function create(canList = true): RequestStore {
  return new RequestStore(
    {
      get: (key: string, fallback: unknown) => structuredClone(memory.get(key) ?? fallback),
      update: async (key: string, value: unknown) => void memory.set(key, structuredClone(value)),
    } as never,
    {
      get: async (key: string) => stored.get(key),
      store: async (key: string, value: string) => {
        await onStore();
        stored.set(key, value);
      },
      delete: async (key: string) => void stored.delete(key),
      ...(canList && { keys: async () => [...stored.keys()] }),
    } as never,
    { warn: (text: string) => void log.push(text) } as never,
  );
}

const secret = (value: string, number = 1): Secret => ({ number, value, origin: 'http://a', place: 'header x' });
const request = (id: string, url = `http://${id}/`) => ({ id, form: form({ url }) });
/** Returns the ids of the requests whose secrets are stored. */
const kept = () => [...stored.keys()].map((key) => key.replace('sseCounter.secrets.', ''));

test('the latest request is the first, and none has a Last-Event-ID', async () => {
  const store = create();
  await store.remember({ id: 'a', form: form({ lastEventId: '7' }) }, []);
  await store.remember(request('b'), []);
  expect(store.recent).toEqual([request('b'), { id: 'a', form: form() }]);
  expect(JSON.stringify(memory.get(RECENT))).not.toContain('7');
});

test('a repeated request is in the list once, in its latest form', async () => {
  const store = create();
  await store.remember(request('a'), []);
  await store.remember(request('b'), []);
  await store.remember(request('a', 'http://c/'), []);
  expect(store.recent).toEqual([request('a', 'http://c/'), request('b')]);
});

test('a request that differs only in its secrets’ numbers replaces the other, whose secrets are deleted', async () => {
  const store = create();
  const like = (number: number) => form({ headers: `Authorization: •••${number}` });
  await store.remember({ id: 'a', form: like(1) }, [secret('old')]);
  await store.remember({ id: 'b', form: like(22) }, [secret('new', 22)]);
  expect(store.recent).toEqual([{ id: 'b', form: like(22) }]);
  expect(kept()).toEqual(['b']);
  await store.remember({ id: 'c', form: { ...like(1), body: 'x' } }, []);
  expect(store.recent).toHaveLength(2);
});

test('of large requests, the latest are stored, up to 4 MB together: VS Code copies all whenever any of it changes', async () => {
  const store = create();
  const large = (id: string) => ({ id, form: form({ url: `http://${id}/`, body: 'x'.repeat(1_000_000) }) });
  for (let number = 1; number <= 6; number += 1) await store.remember(large(`r${number}`), [secret('s')]);
  await store.remember(request('small'), []);
  expect(store.recent.map(({ id }) => id)).toEqual(['small', 'r6', 'r5', 'r4', 'r3']);
  expect(kept()).toEqual(['r3', 'r4', 'r5', 'r6']);
});

test('twenty requests are stored with their secrets; the secrets of one that leaves are deleted', async () => {
  const store = create();
  for (let number = 1; number <= 21; number += 1) await store.remember(request(`r${number}`), [secret('s')]);
  expect(store.recent.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, index) => `r${21 - index}`));
  expect(kept()).toHaveLength(20);
  expect(kept()).not.toContain('r1');
});

test('a request that leaves the list keeps its secrets while its panel is open', async () => {
  const store = create();
  await store.hold('r1');
  for (let number = 1; number <= 21; number += 1) await store.remember(request(`r${number}`), [secret('s')]);
  expect(kept()).toContain('r1');
  await store.release('r1');
  expect(kept()).not.toContain('r1');
});

test('secrets are returned as they were stored, and replaced by others', async () => {
  const store = create();
  await store.hold('a');
  expect(await store.secrets('a')).toEqual([]);
  await store.keepSecrets('a', [secret('s'), secret('t', 2)]);
  expect(await store.secrets('a')).toEqual([secret('s'), secret('t', 2)]);
  await store.keepSecrets('a', [secret('u', 3)]);
  expect(await store.secrets('a')).toEqual([secret('u', 3)]);
  await store.keepSecrets('a', []);
  expect(kept()).toEqual([]);
  expect(log).toEqual([]);
});

test('no secret is stored of an unreferenced request', async () => {
  const store = create();
  await store.keepSecrets('a', [secret('s')]);
  expect(kept()).toEqual([]);
});

test('a panel that is closed while its secrets are being stored leaves none', async () => {
  const store = create();
  await store.hold('a');
  onStore = () => store.release('a');
  await store.keepSecrets('a', [secret('s')]);
  expect(kept()).toEqual([]);
});

test('a request that is being added to the list keeps its secrets, even without an open panel', async () => {
  const store = create();
  const listed: number[] = [];
  onStore = async () => void listed.push(store.recent.length);
  await store.remember(request('a'), [secret('s')]);
  expect(listed[0]).toBe(0);
  expect(kept()).toEqual(['a']);
});

test('a request that could not be added to the list isn’t referenced any more', async () => {
  const store = create();
  onStore = () => Promise.reject(new Error('The keyring is locked.'));
  await expect(store.remember(request('a'), [secret('s')])).rejects.toThrow('The keyring is locked.');
  onStore = async () => undefined;
  await store.keepSecrets('a', [secret('s')]);
  expect(kept()).toEqual([]);
});

test('a hundred secrets are stored, each of 64 KB at most, and omitted ones are logged', async () => {
  const store = create();
  await store.hold('a');
  const longest = 'x'.repeat(64 * 1024);
  const hundred = Array.from({ length: 100 }, (_, index) => secret(index === 0 ? longest : 's', index + 1));
  await store.keepSecrets('a', hundred);
  expect([await store.secrets('a'), log]).toEqual([hundred, []]);
  await store.keepSecrets('a', [...hundred, secret('s', 101)]);
  expect(await store.secrets('a')).toEqual(hundred);
  await store.keepSecrets('a', [secret(`${longest}x`)]);
  expect(await store.secrets('a')).toEqual([]);
  expect(log).toEqual(Array(2).fill('Some secrets were not stored: there are too many, or they are too large.'));
});

test('a panel that was not closed holds its secrets for 30 days, also in a later window', async () => {
  vi.useFakeTimers({ now: 0, toFake: ['Date'] });
  const before = create();
  await before.hold('a');
  await before.keepSecrets('a', [secret('s')]);
  vi.setSystemTime(30 * DAY - 1);
  await create().hold('b');
  expect(kept()).toEqual(['a']);
  vi.setSystemTime(30 * DAY);
  await create().hold('c');
  expect(kept()).toEqual([]);
});

test('200 panels are held, the latest first; held again, one is the latest', async () => {
  const store = create();
  for (let number = 1; number <= 200; number += 1) await store.hold(`p${number}`);
  await store.hold('p1');
  await store.hold('p201');
  const ids = (memory.get(HELD) as [string, number][]).map(([id]) => id);
  expect(ids.slice(0, 3)).toEqual(['p201', 'p1', 'p200']);
  expect(ids).toHaveLength(200);
  expect(ids).not.toContain('p2');
});

test.each(['x', [['a']], [['a', 'b']], { a: 1 }])('held requests that read %j count as none', async (value) => {
  memory.set(HELD, value);
  const store = create();
  await store.hold('a');
  expect(memory.get(HELD)).toEqual([['a', expect.any(Number)]]);
});

test('recent requests and secrets that can’t be read are left out, and that is logged', async () => {
  const store = create();
  memory.set(RECENT, [request('a'), { id: 'b' }]);
  expect(store.recent).toEqual([request('a')]);
  expect(log).toEqual(['Some recent requests can’t be read and are left out.']);
  stored.set('sseCounter.request.a', '{');
  expect(await store.secrets('a')).toEqual([]);
  expect(log).toContain('The secrets of a request can’t be read and are left out.');
});

test.each([true, false])(
  'secrets that a crash left are forgotten, also where VS Code can list them: %s',
  async (canList) => {
    const before = create(canList);
    await before.hold('open');
    await before.keepSecrets('open', [secret('s')]);
    await before.remember(request('listed'), [secret('t')]);
    await before.remember(request('gone'), [secret('u')]);
    memory.set(RECENT, [request('listed')]);
    expect(kept()).toEqual(['open', 'listed', 'gone']);
    await create(canList).forgetLeftOver();
    expect(kept()).toEqual(['open', 'listed']);
  },
);

test('unreferenced secrets of an older version are deleted, and others get the new name', async () => {
  memory.set(RECENT, [request('listed')]);
  const text = JSON.stringify([secret('s')]);
  stored.set('sseCounter.request.listed', text);
  stored.set('sseCounter.request.gone', text);
  stored.set('other', text);
  const store = create();
  await store.forgetLeftOver();
  expect([...stored.keys()].sort()).toEqual(['other', 'sseCounter.secrets.listed']);
  expect(await store.secrets('listed')).toEqual([secret('s')]);
});

test('entries of another profile, whose requests aren’t known here, are not touched', async () => {
  stored.set('sseCounter.secrets.theirs', JSON.stringify([secret('s')]));
  await create().forgetLeftOver();
  expect(kept()).toEqual(['theirs']);
});

test('an entry of an older version is read, and deleted with the request, even if VS Code can’t list it', async () => {
  memory.set(RECENT, [request('a')]);
  stored.set('sseCounter.request.a', JSON.stringify([secret('s')]));
  const store = create(false);
  await store.forgetLeftOver();
  expect(await store.secrets('a')).toEqual([secret('s')]);
  await store.remember(request('a'), [secret('t')]);
  expect(kept()).toEqual(['a']);
  memory.set(RECENT, []);
  await store.release('a');
  expect(stored.size).toBe(0);
  expect(memory.get('sseCounter.secretEntries')).toEqual([]);
});

test.each(['x', [1], { a: 1 }])('a list of entries that reads %j counts as none', async (value) => {
  memory.set('sseCounter.secretEntries', value);
  const store = create();
  await store.hold('a');
  await store.keepSecrets('a', [secret('s')]);
  expect(memory.get('sseCounter.secretEntries')).toEqual(['a']);
});
