import { expect, test } from 'vitest';
import type { Evidence } from '../../../src/analysis/evidence/evidence';
import { notesOn } from '../../../src/client/requestNotes';
import { RequestSecrets } from '../../../src/extension/inspector/stored/requestSecrets';
import { RequestStore } from '../../../src/extension/inspector/stored/requestStore';
import type { RequestForm } from '../../../src/messages/inspector';
import { inEnglish } from '../../../src/text/translate';
import {
  EMPTY_FORM,
  formOf,
  InspectorBench,
  type InspectorPanel,
  latest,
  serveNoting,
  statusOf,
} from '../../support/inspector/inspectors';
import { readPasted } from '../../support/inspector/readPasted';
import { eventually } from '../../support/servers/testServer';
import { fake } from '../../support/vscode/index';

const isOpen = ({ state }: { state: string }) => state === 'open';
const form = (more: Partial<RequestForm>): RequestForm => ({ ...EMPTY_FORM, ...more });

/** Inspects a stream whose request has a key. */
async function inspectWithKey(bench: InspectorBench, url: string): Promise<InspectorPanel> {
  const panel = await bench.inspect(`curl ${url} -H 'Authorization: Bearer sk-1'`);
  await statusOf(panel, isOpen);
  return panel;
}

/** Returns the values of the stored secrets of all requests. */
function storedIn(bench: InspectorBench): string[] {
  return [...bench.secrets.values()].flatMap((text) => JSON.parse(text).map(({ value }: { value: string }) => value));
}

async function refusalOf(panel: InspectorPanel): Promise<string> {
  await eventually(() => latest(panel, 'badRequest') !== undefined);
  return latest(panel, 'badRequest')?.reason ?? '';
}

test('a Mercure URL with a token is shown nowhere in plain text, but sent in full', async () => {
  const bench = new InspectorBench();
  const { url, asked } = await serveNoting();
  const panel = await bench.inspect(`${url}?topic=t&authorization=eyJhbGciOi`);
  await statusOf(panel, isOpen);
  expect(asked[0]?.url).toBe('/?topic=t&authorization=eyJhbGciOi');
  expect(formOf(panel).url).toBe(`${url}?topic=t&authorization=•••1`);
  await eventually(() => bench.memory.size > 0);
  const seen = JSON.stringify([panel.posted, panel.title, bench.log, [...bench.memory.values()]]);
  expect(seen).not.toContain('eyJhbGciOi');
  expect(storedIn(bench)).toEqual(['eyJhbGciOi']);
});

test('a secret in the path is masked in the tab’s title', async () => {
  const bench = new InspectorBench();
  const panel = await bench.inspect('curl http://127.0.0.1:9/$X/sk-abcdefghij0123456789/s');
  expect(panel.title).toBe('127.0.0.1:9/$X/•••1/s');
});

test('a secret is sent to another host only if the user agrees to a question that names both', async () => {
  const bench = new InspectorBench();
  const [here, there] = [await serveNoting(), await serveNoting()];
  const panel = await inspectWithKey(bench, here.url);
  panel.say({ type: 'connect', form: { ...formOf(panel), url: there.url } });
  expect(await refusalOf(panel)).toContain('Nothing was sent: the secret •••1 was entered for');
  const [question] = bench.questions;
  expect(question?.message).toBe(`Send the secret •••1, entered for http://${here.host}, to http://${there.host}?`);
  expect(question?.button).toBe(`Send to ${there.host}`);
  expect(there.asked).toEqual([]);
  bench.agrees = true;
  panel.say({ type: 'connect', form: { ...formOf(panel), url: there.url } });
  await eventually(() => there.asked.length === 1);
  expect(there.asked[0]?.headers.authorization).toBe('Bearer sk-1');
  // The user has agreed, so there is no second question.
  panel.say({ type: 'connect', form: formOf(panel) });
  await eventually(() => there.asked.length === 2);
  expect(bench.questions).toHaveLength(2);
});

test.each<[string, string, (asked: { url: string }) => Partial<RequestForm>]>([
  ['another header', 'the header x-leak', () => ({ headers: 'X-Leak: •••1' })],
  ['another secret header', 'the header x-api-key', () => ({ headers: 'X-Api-Key: •••1' })],
  ['a parameter', 'a part of the URL', ({ url }) => ({ url: `${url}?x=•••1`, headers: '' })],
  ['a secret parameter', 'the parameter token', ({ url }) => ({ url: `${url}?token=•••1`, headers: '' })],
  ['a member of the body', 'api_key in the body', () => ({ method: 'POST', body: '{"api_key":"•••1"}', headers: '' })],
  ['a text of the body', 'a part of the body', () => ({ method: 'POST', body: '{"text":"•••1"}', headers: '' })],
  [
    'user and password',
    'user and password of the URL',
    ({ url }) => ({ url: url.replace('//', '//•••1@'), headers: '' }),
  ],
])('a secret goes to %s of its host only when the user says so; there it is masked, too', async (_, place, change) => {
  const bench = new InspectorBench();
  const { url, asked } = await serveNoting();
  const panel = await inspectWithKey(bench, url);
  const changed = { ...formOf(panel), ...change({ url }) };
  panel.say({ type: 'connect', form: changed });
  await refusalOf(panel);
  expect(asked).toHaveLength(1);
  expect(bench.questions[0]?.detail).toBe(`•••1: entered as the header authorization, sent as ${place}`);
  bench.agrees = true;
  panel.say({ type: 'connect', form: changed });
  await eventually(() => asked.length === 2);
  expect(JSON.stringify(asked[1])).toMatch(/sk-1|c2stM/);
  expect(JSON.stringify([panel.posted, bench.log, [...bench.memory.values()]])).not.toContain('sk-1');
});

test('a page’s message that the form was edited sends no secret to another place', async () => {
  const bench = new InspectorBench();
  const [here, there] = [await serveNoting(), await serveNoting()];
  const panel = await inspectWithKey(bench, here.url);
  const stolen = { ...formOf(panel), url: there.url, headers: 'X-Api-Key: •••1z\nAuthorization: Bearer •••1x' };
  panel.say({ type: 'edited', form: stolen, done: true });
  await eventually(() => latest(panel, 'keep') !== undefined);
  panel.say({ type: 'connect', form: latest(panel, 'keep')?.form ?? stolen });
  await refusalOf(panel);
  expect(bench.questions).toHaveLength(1);
  expect(there.asked).toEqual([]);
  expect(JSON.stringify(panel.posted)).not.toContain('sk-1');
});

test('masks in the method and in Last-Event-ID are not filled in', async () => {
  const bench = new InspectorBench();
  const { url, asked } = await serveNoting();
  const panel = await inspectWithKey(bench, url);
  panel.say({ type: 'connect', form: { ...formOf(panel), method: '•••1' } });
  expect(await refusalOf(panel)).toContain('is not a valid HTTP method');
  panel.say({ type: 'connect', form: { ...formOf(panel), lastEventId: '•••1' } });
  await eventually(() => asked.length === 2);
  expect(Buffer.from(String(asked[1]?.headers['last-event-id']), 'latin1').toString()).toBe('•••1');
});

test('a pasted Last-Event-ID is sent as it is, even if it looks like a secret', async () => {
  const bench = new InspectorBench();
  const { url, asked } = await serveNoting();
  const command = `curl ${url} -H 'Last-Event-ID: {"token":"t"}' -H 'Authorization: Bearer sk-1'`;
  const panel = await bench.inspect(command);
  await statusOf(panel, isOpen);
  expect(asked[0]?.headers['last-event-id']).toBe('{"token":"t"}');
  const other = bench.restore({ id: 'a', form: form({}) });
  other.say({ type: 'paste', text: command });
  await eventually(() => formOf(other).url === url);
  expect(formOf(other)).toMatchObject({ lastEventId: '{"token":"t"}', headers: expect.stringMatching(/•••\d$/) });
});

test('a text that only looks like a mask is sent as it is; a mask whose secret is gone is not sent', async () => {
  const bench = new InspectorBench();
  const { url, asked } = await serveNoting();
  const panel = await bench.inspect(`curl ${url} -d '{"text":"a •••1 b","api_key":"k"}'`);
  await statusOf(panel, isOpen);
  expect(asked[0]?.body).toBe('{"text":"a •••1 b","api_key":"k"}');
  const other = await bench.inspect(`curl ${url} -H 'Authorization: Bearer •••1'`);
  expect(await refusalOf(other)).toBe('The secret •••1 is no longer stored. Enter it again.');
  expect(asked).toHaveLength(1);
});

test('a key is not stored while it is being typed; when the field is left, exactly its content is', async () => {
  const bench = new InspectorBench();
  const panel = bench.restore({ id: 'a', form: form({ url: 'http://a/' }) });
  const type = async (headers: string, done: boolean) => {
    const count = panel.posted.length;
    panel.say({ type: 'edited', form: form({ url: 'http://a/', headers }), done });
    await eventually(() => panel.posted.length > count);
    return latest(panel, 'keep')?.form.headers;
  };
  for (const typed of ['s', 'sk-', 'sk-live', 'sk-live-01'])
    expect(await type(`Authorization: Bearer ${typed}`, false)).toBe('Authorization: Bearer ');
  expect(bench.secrets.size).toBe(0);
  expect(await type('Authorization: Bearer sk-live-01', true)).toBe('Authorization: Bearer •••1');
  expect(storedIn(bench)).toEqual(['sk-live-01']);
  expect(await type('Authorization: Bearer sk-live-02', true)).toBe('Authorization: Bearer •••2');
  expect(storedIn(bench)).toEqual(['sk-live-02']);
  // Undone: the secret is still known.
  expect(await type('Authorization: Bearer •••1', true)).toBe('Authorization: Bearer •••1');
  expect(storedIn(bench)).toEqual(['sk-live-01']);
  await type('', true);
  expect(bench.secrets.size).toBe(0);
});

test('a key typed before there is a URL belongs to the first URL', async () => {
  const bench = new InspectorBench();
  const [here, there] = [await serveNoting(), await serveNoting()];
  const panel = bench.restore({ id: 'a', form: form({}) });
  panel.say({ type: 'edited', form: form({ headers: 'Authorization: k1' }), done: true });
  await eventually(() => bench.secrets.size === 1);
  panel.say({ type: 'connect', form: form({ url: here.url, headers: 'Authorization: •••1' }) });
  await eventually(() => here.asked.length === 1);
  expect(here.asked[0]?.headers.authorization).toBe('k1');
  expect(bench.questions).toEqual([]);
  panel.say({ type: 'connect', form: { ...formOf(panel), url: there.url } });
  await refusalOf(panel);
  expect(bench.questions).toHaveLength(1);
});

test('the same request 50 times from the recent ones leaves one entry, and one secret', async () => {
  const bench = new InspectorBench();
  const { url, asked } = await serveNoting();
  (await inspectWithKey(bench, url)).dispose();
  for (let time = 1; time <= 50; time += 1) {
    const panel = await bench.inspectRecent();
    await eventually(() => asked.length === time + 1);
    panel.dispose();
  }
  await eventually(() => bench.secrets.size === 1);
  expect(asked.at(-1)?.headers.authorization).toBe('Bearer sk-1');
  expect(bench.memory.get('sseCounter.recentRequests')).toHaveLength(1);
  expect(storedIn(bench)).toEqual(['sk-1']);
});

test('an open panel keeps its secrets after its request left the list; they are deleted when it is closed', async () => {
  const bench = new InspectorBench();
  const { url } = await serveNoting();
  const panel = await inspectWithKey(bench, url);
  const second = await bench.inspectRecent();
  await eventually(() => bench.secrets.size === 2);
  panel.dispose();
  await eventually(() => bench.secrets.size === 1);
  second.dispose();
  expect(storedIn(bench)).toEqual(['sk-1']);
});

test('a panel that VS Code has not restored since a reload keeps its secrets, for up to a month', async () => {
  const { url, asked } = await serveNoting();
  const before = new InspectorBench();
  const panel = await inspectWithKey(before, url);
  const kept = { id: latest(panel, 'form')?.id, form: formOf(panel) };
  await eventually(() => asked.length === 1);
  const bench = new InspectorBench(before);
  await bench.inspectRecent();
  await eventually(() => asked.length === 2);
  const restored = bench.restore(kept);
  restored.say({ type: 'connect', form: formOf(restored) });
  await eventually(() => asked.length === 3);
  expect(asked[2]?.headers.authorization).toBe(asked[0]?.headers.authorization);

  const held = bench.memory.get('sseCounter.heldRequests') as [string, number][];
  const monthAgo = Date.now() - 31 * 86_400_000;
  const later = new InspectorBench(bench);
  later.memory.set(
    'sseCounter.heldRequests',
    held.map(([id]) => [id, monthAgo]),
  );
  await inspectWithKey(later, `${url}other`);
  await eventually(() => later.secrets.size === 2);
});

test('a request of more than 1 MB is refused in words, in whatever way it is given', async () => {
  const bench = new InspectorBench();
  const { url, asked } = await serveNoting();
  const panel = await bench.inspect(url);
  await eventually(() => asked.length === 1);
  for (const part of ['url', 'headers', 'body'] as const) {
    const long = part === 'headers' ? `A: ${'x'.repeat(1024 * 1024)}` : `${url}${'x'.repeat(1024 * 1024)}`;
    panel.posted.length = 0;
    panel.say({ type: 'connect', form: form({ url, [part]: long }) });
    await eventually(() => latest(panel, 'badRequest')?.reason.includes('1 MB') === true);
  }
  expect(asked).toHaveLength(1);
});

test('the oldest of more than twenty requests are forgotten with their secrets', async () => {
  const bench = new InspectorBench();
  const { url } = await serveNoting();
  for (let number = 1; number <= 22; number += 1) (await inspectWithKey(bench, `${url}${number}`)).dispose();
  await eventually(() => bench.secrets.size === 20);
  expect(bench.memory.get('sseCounter.recentRequests')).toHaveLength(20);
});

test('a request that can’t be sent yet isn’t among the recent ones, but its panel keeps its secrets', async () => {
  const bench = new InspectorBench();
  // The user presses Escape.
  fake.pick = () => undefined;
  const panel = await bench.inspect("curl http://a/$X -H 'Authorization: k'");
  expect(bench.memory.has('sseCounter.recentRequests')).toBe(false);
  expect(storedIn(bench)).toEqual(['k']);
  panel.dispose();
  await eventually(() => bench.secrets.size === 0);
});

test('secrets that an older version stored belong to their request’s host', async () => {
  const bench = new InspectorBench();
  const [here, there] = [await serveNoting(), await serveNoting()];
  const old = { id: 'old', form: form({ url: here.url, headers: 'Authorization: Bearer •••1', lastEventId: '5' }) };
  bench.memory.set('sseCounter.recentRequests', [old]);
  bench.secrets.set('sseCounter.request.old', '["sk-old"]');
  const panel = bench.restore(old);
  panel.say({ type: 'connect', form: { ...old.form, url: there.url } });
  await refusalOf(panel);
  expect(bench.questions).toHaveLength(1);
  panel.say({ type: 'connect', form: old.form });
  await eventually(() => here.asked.length === 1);
  expect(here.asked[0]?.headers.authorization).toBe('Bearer sk-old');
  expect(there.asked).toEqual([]);
});

test.each([
  ['no list', 7],
  ['a list of other things', [null, 1, 'a', {}, { id: 1, form: form({}) }, { id: 'a' }, { id: 'a', form: { url: 1 } }]],
  ['a form without its texts', [{ id: 'a', form: { ...form({}), headers: undefined } }]],
])('recent requests that are %s are left out, and that is logged', async (_, stored) => {
  const bench = new InspectorBench();
  const good = { id: 'b', form: form({ url: 'http://127.0.0.1:9/', lastEventId: '9' }) };
  bench.memory.set('sseCounter.recentRequests', Array.isArray(stored) ? [...stored, good] : stored);
  const { url, asked } = await serveNoting();
  await bench.inspect(url);
  await eventually(() => asked.length === 1);
  await eventually(
    () =>
      (bench.memory.get('sseCounter.recentRequests') as unknown[] | undefined)?.length ===
      (Array.isArray(stored) ? 2 : 1),
  );
  expect(bench.log).toContain('Some recent requests can’t be read and are left out.');
  expect(fake.errors).toEqual([]);
});

test.each(['{', '{}', '[{"value":"a"}]', '[{"number":-1,"value":"a","origin":"","place":""}]', 'null'])(
  'stored secrets that read %s are left out, and that is logged',
  async (stored) => {
    const bench = new InspectorBench();
    bench.secrets.set('sseCounter.request.a', stored);
    const asked = form({ url: 'http://a/', headers: 'Authorization: •••1' });
    const panel = bench.restore({ id: 'a', form: asked });
    panel.say({ type: 'connect', form: asked });
    expect(await refusalOf(panel)).toBe('The secret •••1 is no longer stored. Enter it again.');
    expect(bench.log).toContain('The secrets of a request can’t be read and are left out.');
  },
);

test.each([7, 'a', {}, { id: 'a' }, { id: '', form: form({}) }, { id: 'a'.repeat(101), form: form({}) }])(
  'a panel whose page has kept %j is closed, and that is logged',
  (state) => {
    const bench = new InspectorBench();
    const panel = bench.restore(state);
    expect(panel.posted).toEqual([]);
    expect(bench.log).toEqual(['A panel can’t be restored and is closed.']);
  },
);

test('of 101 secrets, one of them over 64 KB, the others are stored; the request is sent in full', async () => {
  const bench = new InspectorBench();
  const { url, asked } = await serveNoting();
  const body = `${Array.from({ length: 101 }, (_, number) => `token=t${number}`).join('&')}&secret=${'x'.repeat(65_537)}`;
  const panel = bench.restore({ id: 'a', form: form({}) });
  panel.say({ type: 'connect', form: form({ method: 'POST', url, body }) });
  await eventually(() => asked.length === 1 && bench.secrets.size === 1);
  expect(asked[0]?.body).toBe(body);
  expect(storedIn(bench)).toHaveLength(100);
  expect(bench.log).toContain('Some secrets were not stored: there are too many, or they are too large.');
});

test('the Last-Event-ID belongs to its URL: another URL, a recent request and a reload get none', async () => {
  const bench = new InspectorBench();
  const [here, there] = [await serveNoting(), await serveNoting()];
  const panel = await bench.inspect(`${here.url}?token=t`);
  await statusOf(panel, ({ lastEventId }) => lastEventId === '7');
  panel.say({ type: 'disconnect' });
  expect(formOf(panel).lastEventId).toBe('7');
  panel.say({ type: 'connect', form: formOf(panel) });
  await eventually(() => here.asked.length === 2);
  expect(here.asked[1]?.headers['last-event-id']).toBe('7');
  panel.say({ type: 'disconnect' });
  // The same stream, with another key.
  panel.say({ type: 'connect', form: { ...formOf(panel), url: `${here.url}?token=u` } });
  await eventually(() => here.asked.length === 3);
  expect(here.asked[2]?.headers['last-event-id']).toBe('7');
  panel.say({ type: 'disconnect' });
  const moved = { ...formOf(panel), url: there.url };
  panel.say({ type: 'edited', form: moved, done: false });
  await eventually(() => latest(panel, 'keep')?.form.url === there.url);
  expect(latest(panel, 'keep')?.form.lastEventId).toBe('');
  panel.say({ type: 'connect', form: moved });
  await eventually(() => there.asked.length === 1);
  expect(there.asked[0]?.headers['last-event-id']).toBeUndefined();
  expect(formOf(panel).lastEventId).toBe('');
  // An id that the user has typed is sent.
  panel.say({ type: 'connect', form: { ...moved, url: `${there.url}x`, lastEventId: '9' } });
  await eventually(() => there.asked.length === 2);
  expect(there.asked[1]?.headers['last-event-id']).toBe('9');
  await bench.inspectRecent();
  await eventually(() => there.asked.length === 3);
  expect(there.asked[2]?.headers['last-event-id']).toBeUndefined();
});

test('a stream that is left while the form has another URL doesn’t put its Last-Event-ID into the form', async () => {
  const bench = new InspectorBench();
  const [here, there] = [await serveNoting(), await serveNoting()];
  const panel = await bench.inspect(here.url);
  await statusOf(panel, ({ lastEventId }) => lastEventId === '7');
  panel.say({ type: 'edited', form: { ...formOf(panel), url: there.url }, done: true });
  await eventually(() => latest(panel, 'keep')?.form.url === there.url);
  panel.say({ type: 'disconnect' });
  expect(formOf(panel)).toMatchObject({ url: there.url, lastEventId: '' });
});

/** A SecretStorage whose reads wait until they are released. */
function slowStorage(stored: Map<string, string>) {
  const waiting: (() => void)[] = [];
  const memory = new Map<string, unknown>();
  const store = new RequestStore(
    {
      get: (key: string, fallback: unknown) => structuredClone(memory.get(key) ?? fallback),
      update: async (key: string, value: unknown) => void memory.set(key, structuredClone(value)),
    } as never,
    {
      get: async (key: string) => {
        await new Promise<void>((resolve) => waiting.push(resolve));
        return stored.get(key);
      },
      store: async (key: string, value: string) => void stored.set(key, value),
      delete: async (key: string) => void stored.delete(key),
    } as never,
  );
  const letGo = () => {
    for (const resolve of waiting.splice(0)) resolve();
  };
  return { store, waiting, letGo };
}

test('two simultaneous connects while the secrets are being read result in one question', async () => {
  const bench = new InspectorBench();
  const [here, there] = [await serveNoting(), await serveNoting()];
  const panel = await inspectWithKey(bench, here.url);
  const kept = { id: latest(panel, 'form')?.id, form: { ...formOf(panel), url: there.url } };
  await eventually(() => bench.secrets.size === 1);
  const after = new InspectorBench(bench);
  const restored = after.restore(kept);
  restored.say({ type: 'connect', form: kept.form });
  restored.say({ type: 'connect', form: kept.form });
  await refusalOf(restored);
  expect(after.questions).toHaveLength(1);
  expect(there.asked).toEqual([]);
});

test('secrets remembered while the stored ones are being read are not lost by the next read', async () => {
  const stored = new Map<string, string>();
  const { store, letGo } = slowStorage(stored);
  await store.hold('a');
  const secrets = new RequestSecrets(store, 'a');
  const edits = ['k1', 'k2'].map((key) =>
    secrets.edited(form({ url: 'http://a/', headers: `Authorization: ${key}` }), true),
  );
  letGo();
  const shown = await Promise.all(edits);
  expect(shown.map(({ headers }) => headers)).toEqual(['Authorization: •••1', 'Authorization: •••2']);
  expect(await secrets.of(form({ headers: 'Authorization: •••1•••2' }))).toHaveLength(2);
});

test('a panel that is closed while the secrets are being read leaves none behind', async () => {
  const stored = new Map<string, string>();
  const { store, letGo } = slowStorage(stored);
  await store.hold('a');
  const secrets = new RequestSecrets(store, 'a');
  const edit = secrets.edited(form({ url: 'http://a/', headers: 'Authorization: k1' }), true);
  await store.release('a');
  letGo();
  await edit;
  expect([...stored]).toEqual([]);
});

test.each([
  ['curl http://a?x=1&token=SECRET', 'The & in the URL isn’t quoted: taken as one URL.'],
  ['curl http://a | http POST b token=SECRET', 'Left out: | http POST b token=…'],
  ['curl http://a; export TOKEN=SECRET', 'Left out: ; export TOKEN=…'],
  ['curl http://a > token=SECRET', 'Left out: > token=…'],
  ['curl http://a & sk-abcdefghij0123456789SECRET', 'Left out: & •••'],
  ['curl http://a | jq', 'Left out: | jq'],
  ['curl http://a 2>&1; x $SECRET', 'Left out: 2>&1 ; x …'],
])('of what follows %s no value is shown', (text, note) => {
  const { parsed } = readPasted(text);
  const said = notesOn(inEnglish, parsed?.notes ?? []);
  expect(said).toContain(note);
  expect(said).not.toContain('SECRET');
});

test.each([
  ["curl http://a -H 'Authorization Bearer sk-live-SECRET'", '“Authorization …” is not a header'],
  ['curl http://a http://b/?token=SECRET', 'http://b/?token=•••'],
  ['http://u:SECRET@a b/', '“http://•••@a b/”'],
  ['curl http://a --token=SECRET', 'The option --token=… of curl'],
  ['curl http://a -b SECRET', '-b … is not supported'],
])('why %s can’t be taken is said without its secret', (text, said) => {
  const { problem } = readPasted(text);
  expect(problem).toContain(said);
  expect(problem).not.toContain('SECRET');
});

test('an invalid header line is named by its first word', async () => {
  const bench = new InspectorBench();
  const panel = bench.restore({ id: 'a', form: form({ url: 'http://a/' }) });
  panel.say({ type: 'connect', form: form({ url: 'http://a/', headers: 'Authorization Bearer sk-live-SECRET' }) });
  expect(await refusalOf(panel)).toContain('“Authorization …” is not a header');
});

test('copied evidence has no secret that a server repeats: of the request, short ones, or of an address to compare with', async () => {
  const bench = new InspectorBench();
  const { url } = await serveNoting((request, response) => {
    const head = { 'Content-Type': 'text/event-stream', 'X-Echo': `${request.url} hunter2` };
    response.writeHead(200, head).end(`id: 1\nevent: error\ndata: {"message":"no ${request.url}"}\n\n`);
  });
  const panel = await bench.inspect(`${url}?token=sesame-Open-123&password=hunter2`);
  await statusOf(panel, ({ state }) => state !== 'connecting');
  panel.say({ type: 'diagnose', origin: '', compare: `${url}?api_key=other-Secret-5&pin=8264`, second: false });
  await eventually(() => latest(panel, 'findings')?.findings.diagnosis.state === 'done');
  panel.say({ type: 'copyEvidence' });
  await eventually(() => latest(panel, 'findingCopied') !== undefined);
  const text = String(fake.done.findLast(([what]) => what === 'copy')?.[1]);
  const copied: Evidence = JSON.parse(text);
  expect(copied.probes.map(({ kind }) => kind)).toContain('other');
  expect(text).toContain('no /?token=•••&password=•••');
  expect(text).not.toMatch(/sesame|hunter2|other-Secret|8264/);
});
