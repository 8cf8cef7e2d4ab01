// The templates as a client receives them.
import { readFile } from 'node:fs/promises';
import { EventSource } from 'eventsource';
import { expect, onTestFinished, test } from 'vitest';
import { serveScript } from '../../support/mock/scriptServer';
import { ask, eventually } from '../../support/servers/testServer';

/** Serves a template, twenty times as fast as written. */
async function serve(name: string) {
  const { stream, source } = await serveScript(await readFile(`media/templates/${name}`));
  return { url: `${stream}?speed=20`, source };
}

/** Returns an EventSource, and the ids of the events of these types that it gets. */
function listen(url: string, types: string[]) {
  const source = new EventSource(url);
  onTestFinished(() => source.close());
  const ids: string[] = [];
  for (const type of types) source.addEventListener(type, ({ lastEventId }) => ids.push(lastEventId));
  return { source, ids };
}

test('notifications: an EventSource gets each event once, over the break, and stays connected', async () => {
  const { url, source } = await serve('notifications.sse');
  const { source: client, ids } = listen(url, ['message', 'mention', 'build']);
  await eventually(() => [...source.connections].some(({ player }) => player.state === 'over'));
  await eventually(() => ids.length === 5);
  expect(ids).toEqual(['1', '2', '3', '4', '5']);
  expect(client.readyState).toBe(EventSource.OPEN);
});

test('progress: an EventSource gets all events, and is closed by the 204', async () => {
  const { url } = await serve('progress.sse');
  const { source, ids } = listen(url, ['progress', 'done']);
  await eventually(() => source.readyState === EventSource.CLOSED);
  expect(ids).toEqual(['start', '12', '35', '50', '80', '100', 'done']);
});

test('Anthropic’s error: the response ends with an error, the next request is refused, and the one after that succeeds', async () => {
  const { url } = await serve('anthropic-error.sse');
  const post = () =>
    ask(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{"stream":true}' });
  const first = await post();
  expect([first.status, first.body.match(/^event: .*$/gm)?.at(-1)]).toEqual([200, 'event: error']);
  expect(await post()).toMatchObject({ status: 529, headers: { 'retry-after': '2' } });
  expect((await post()).body).toBe(first.body);
  expect((await ask(url)).status).toBe(405);
});
