// The speed of all connections, which a client may change for its own.
import { expect, test } from 'vitest';
import { ScriptSource } from '../../../src/server/script/scriptSource';
import { Turns } from '../../../src/turns/turns';
import { scriptOf } from '../../support/mock/scriptServer';
import { ask, openStream, startServer } from '../../support/servers/testServer';

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
