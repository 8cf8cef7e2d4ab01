// The speed of all connections, which a client may change for its own.
import { expect, test, vi } from 'vitest';
import { ScriptSource } from '../../../src/server/script/scriptSource';
import { Turns } from '../../../src/turns/turns';
import { scriptOf } from '../../support/mock/scriptServer';
import { ask, eventually, openStream, startServer } from '../../support/servers/testServer';

async function serve(file: string, speed: number) {
  const source = new ScriptSource(scriptOf(file), { turns: new Turns(), onChange: () => undefined, speed });
  const { url } = await startServer({ source });
  return { source, stream: `${url}event` };
}

test('a script is played at the source’s speed', async () => {
  const { stream } = await serve(':@ wait 300s\ndata: a\n\n', 1000);
  await (await openStream(stream)).until('data: a\n\n');
});

test('a client may ask for another speed', async () => {
  const { stream } = await serve(':@ wait 100s\ndata: a\n\n', 0.1);
  await (await openStream(`${stream}?speed=1000`)).until('data: a\n\n');
});

test('a shared timeline has the source’s speed: who comes later begins where the others are', async () => {
  const { stream, source } = await serve('data: a\n\n:@ wait 200s\ndata: b\n\n:@ wait 86400s\n', 1000);
  source.share(true);
  await (await openStream(stream)).until('data: b\n\n');
  source.pause(true);
  const late = await openStream(stream);
  source.publish({ bytes: Buffer.from('data: now\n\n'), events: 1, ids: [] });
  expect(await late.until('data: now\n\n')).toBe('data: now\n\n');
  expect((await ask(`${stream}?speed=2`)).status).toBe(400);
});

test('on a shared timeline in a loop, a client comes into the present round', async () => {
  const { stream, source } = await serve('data: a\n\n:@ wait 50s\ndata: b\n\n:@ wait 150s\n:@ loop\n', 1000);
  source.share(true);
  const first = await openStream(stream);
  await first.until('data: b\n\ndata: a\n\ndata: b\n\n');
  source.pause(true);
  const late = await openStream(stream);
  source.publish({ bytes: Buffer.from('data: now\n\n'), events: 1, ids: [] });
  expect(await late.until('data: now\n\n')).toBe('data: now\n\n');
  source.pause(false);
  expect(await late.until('data: b\n\n')).toBe('data: now\n\ndata: a\n\ndata: b\n\n');
});

test('a new speed is that of connections that are opened from then on; the others keep theirs, also when they restart', async () => {
  const { stream, source } = await serve('data: a\n\n:@ wait 100s\ndata: b\n\n', 0.1);
  const slow = await openStream(stream);
  await slow.until('data: a\n\n');
  source.speed = 1000;
  await (await openStream(stream)).until('data: b\n\n');
  source.restart();
  await slow.until('data: a\n\ndata: a\n\n');
  await (await openStream(stream)).until('data: b\n\n');
  expect(slow.text()).toBe('data: a\n\ndata: a\n\n');
});

test('a new speed restarts a shared timeline, with that speed on each connection, whichever it had', async () => {
  const { stream, source } = await serve('data: a\n\n:@ wait 100s\ndata: b\n\n:@ wait 86400s\n', 1);
  const own = await openStream(`${stream}?speed=0.1`);
  await own.until('data: a\n\n');
  source.share(true);
  const other = await openStream(stream);
  await own.until('data: a\n\ndata: a\n\n');
  source.speed = 1000;
  expect(source.speed).toBe(1000);
  expect(await other.until('data: b\n\n')).toBe('data: a\n\ndata: b\n\n');
  await own.until('data: b\n\n');
});

test('a connection whose head is still to come gets the shared timeline’s new speed', async () => {
  const { stream, source } = await serve(':@ head 30ms\ndata: a\n\n:@ wait 100s\ndata: b\n\n:@ wait 86400s\n', 1);
  source.share(true);
  if (!source.main) throw new Error('A single script has a main stream.');
  const answer = vi.spyOn(source.main, 'openStream');
  const coming = openStream(stream);
  await eventually(() => answer.mock.calls.length === 1);
  source.speed = 1000;
  await (await coming).until('data: b\n\n');
});
