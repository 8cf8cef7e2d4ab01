// Clients of a mock that resume: in the right round of a shared loop, after a published event, past refusals.
import { expect, test } from 'vitest';
import { serveScript } from '../../support/mock/scriptServer';
import { ask, eventually, openStream, type Stream } from '../../support/servers/testServer';

const open = (stream: string, id?: string): Promise<Stream> =>
  openStream(stream, id === undefined ? {} : { headers: { 'Last-Event-ID': id } });

const publish = (stream: string, id: string, body = id) =>
  ask(`${stream}?id=${encodeURIComponent(id)}`, { method: 'POST', body });

const event = (id: string, data = id) => `id: ${id}\ndata: ${data}\n\n`;

test('a status at the file’s top refuses the first request, and none after it', async () => {
  const { stream, source } = await serveScript(
    ': Refused once.\n:@ status 503 retry-after 1\nretry: 10\ndata: a\n\n:@ end\n',
  );
  expect(source.refusals).toBe(1);
  expect(await ask(stream)).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
  for (let n = 0; n < 3; n += 1)
    expect(await (await open(stream)).whole).toBe(': Refused once.\nretry: 10\ndata: a\n\n');
});

test('several statuses at the top refuse as many requests, in order; the pauses between them are then skipped', async () => {
  const { stream } = await serveScript(
    ':@ status 503\n:@ wait 3600s\n:@ status 429\n:@ connection\ndata: a\n\n:@ end\n',
  );
  expect((await ask(stream)).status).toBe(503);
  expect((await ask(stream)).status).toBe(429);
  expect(await (await open(stream)).whole).toBe('data: a\n\n');
});

test('a recording that begins with refusals is played as it happened', async () => {
  const { stream } = await serveScript(
    ':@ status 503 retry-after 2\n:@ connection\n:@ wait 5ms\ndata: b\n\n:@ end\n:@ status 204\n',
  );
  expect((await ask(stream)).status).toBe(503);
  expect(await (await open(stream)).whole).toBe('data: b\n\n');
  expect((await ask(stream)).status).toBe(204);
});

test('a pause at the top is still a pause, and a status after an event still refuses the next request', async () => {
  const { stream, source } = await serveScript(':@ wait 30ms\ndata: a\n\n:@ status 429\n:@ wait 10ms\n:@ loop\n');
  const start = performance.now();
  const first = await open(stream);
  await first.until('data: a\n\ndata: a\n\n');
  expect(performance.now() - start).toBeGreaterThan(60);
  first.response.destroy();
  await eventually(() => source.refusals === 1);
  expect((await ask(stream)).status).toBe(429);
});

test('a loop plays the statuses of its top once; a restart, and saving the file, refuse again', async () => {
  const { stream, source } = await serveScript(':@ status 503\ndata: a\n\n:@ wait 5ms\n:@ loop\n');
  expect((await ask(stream)).status).toBe(503);
  const one = await open(stream);
  await one.until('data: a\n\ndata: a\n\ndata: a\n\n');
  expect(source.refusals).toBe(0);
  source.restart();
  source.restart();
  expect(source.refusals).toBe(1);
  source.refuse(2);
  source.load(source.script);
  expect(source.refusals).toBe(3);
});

test('on a shared timeline, the statuses of the top refuse the first requests, too', async () => {
  const { stream, source } = await serveScript(':@ status 503\n:@ wait 20ms\ndata: a\n\n:@ end\n');
  source.share(true);
  expect((await ask(stream)).status).toBe(503);
  expect([200, 204]).toContain((await ask(stream)).status);
  expect(source.refusals).toBe(0);
});

const ROUND = [0, 1, 2, 3, 4].map((n) => `id: ${n}\ndata: ${n}\n\n:@ wait 60ms\n`).join('');
const idsOf = ({ text }: Stream) => [...text().matchAll(/^data: (\d)$/gm)].map(([, id]) => Number(id));
const isInOrder = (ids: number[]) => ids.every((id, at) => at === 0 || id === ((ids[at - 1] ?? 0) + 1) % 5);

test('on a shared timeline with a loop, a client that saw its id in the previous round misses nothing of this one', async () => {
  const { stream, source } = await serveScript(`${ROUND}:@ loop\n`);
  source.share(true);
  const witness = await open(stream);
  await witness.until('data: 4\n\n');
  const seen = await open(stream, '2');
  await eventually(() => idsOf(witness).filter((id) => id === 0).length === 2);
  // This round hasn't reached the client's id yet.
  const late = await open(stream, '3');
  await eventually(() => idsOf(late).length > 0);
  expect([idsOf(late)[0], idsOf(seen)[0]]).toEqual([4, 3]);
  await eventually(() => idsOf(witness).length >= 15 && idsOf(late).length >= 8);
  for (const one of [witness, seen, late]) expect([idsOf(one), isInOrder(idsOf(one))]).toEqual([idsOf(one), true]);
  const both = Math.min(idsOf(witness).length, 12);
  expect(idsOf(late).at(-1)).toBeDefined();
  expect(both).toBe(12);
});

test('after a restart of a shared timeline, a client that saw a later id before it begins where all are', async () => {
  const { stream, source } = await serveScript('id: 1\ndata: a\n\n:@ wait 20ms\nid: 2\ndata: b\n\n:@ wait 3600s\n');
  source.share(true);
  await (await open(stream)).until('data: b\n\n');
  source.pause(true);
  source.restart();
  const again = await open(stream, '2');
  source.pause(false);
  expect(await again.until('data: b\n\n')).toMatch(/data: b\n\n$/);
});

test('an id after the loop was never sent: a client that sends it gets the file from its beginning', async () => {
  const { stream } = await serveScript('id: 1\ndata: a\n\n:@ wait 3600s\n:@ loop\nid: 9\ndata: never\n\n');
  expect(await (await open(stream, '9')).until('data: a\n\n')).toBe('id: 1\ndata: a\n\n');
});

const TWO = 'data: a\n\n:@ wait 20ms\ndata: b\n\n:@ wait 3600s\ndata: c\n\n';

test('a client that has seen a published id resumes after it, with the events published while it was away', async () => {
  const { stream } = await serveScript(TWO);
  const first = await open(stream);
  await first.until('data: b\n\n');
  await publish(stream, 'p1');
  await first.until(event('p1'));
  first.response.destroy();
  for (const id of ['p2', 'p3']) await publish(stream, id);
  await ask(stream, { method: 'POST', body: 'without an id' });
  const again = await open(stream, 'p1');
  const missed = `${event('p2')}${event('p3')}data: without an id\n\n`;
  expect(await again.until('an id\n\n')).toBe(missed);
  await publish(stream, 'p4');
  expect(await again.until(event('p4'))).toBe(`${missed}${event('p4')}`);
});

test('a client that resumes with a published id gets the rest of the file, in time', async () => {
  const { stream } = await serveScript('data: a\n\n:@ wait 100ms\ndata: b\n\n:@ end\n');
  const first = await open(stream);
  await first.until('data: a\n\n');
  await publish(stream, 'p1');
  await first.until(event('p1'));
  first.response.destroy();
  expect(await (await open(stream, 'p1')).whole).toBe('data: b\n\n');
});

test('the faults that ended its connections are skipped', async () => {
  const { stream } = await serveScript(
    'data: a\n\n:@ wait 50ms\n:@ drop\ndata: b\n\n:@ wait 50ms\n:@ drop\ndata: c\n\n:@ end\n',
  );
  const first = await open(stream);
  await first.until('data: a\n\n');
  await publish(stream, 'p1');
  await expect(first.whole).rejects.toThrow('aborted');
  const second = await open(stream, 'p1');
  await expect(second.whole).rejects.toThrow('aborted');
  expect(second.text()).toBe('data: b\n\n');
  expect(await (await open(stream, 'p1')).whole).toBe('data: b\n\ndata: c\n\n');
});

test('a client whose published id came after the last event of a file with an end gets 204', async () => {
  const { stream } = await serveScript('data: a\n\n:@ wait 50ms\n:@ end\n');
  const first = await open(stream);
  await first.until('data: a\n\n');
  await publish(stream, 'p1');
  await first.whole;
  expect((await ask(stream, { headers: { 'Last-Event-ID': 'p1' } })).status).toBe(204);
  await publish(stream, 'p2');
  expect(await (await open(stream, 'p1')).whole).toBe(event('p2'));
});

test('several clients that left with the same id each resume at their own position', async () => {
  const { stream, source } = await serveScript('data: a\n\n:@ wait 40ms\ndata: b\n\n:@ wait 3600s\ndata: c\n\n');
  const far = await open(stream);
  await far.until('data: b\n\n');
  const near = await open(`${stream}?speed=0.1`);
  await near.until('data: a\n\n');
  await publish(stream, 'p1');
  await Promise.all([far, near].map((one) => one.until(event('p1'))));
  far.response.destroy();
  await eventually(() => [...source.connections].length === 1);
  near.response.destroy();
  await eventually(() => [...source.connections].length === 0);
  const [first, second] = [await open(stream, 'p1'), await open(stream, 'p1')];
  expect(await first.until('data: b\n\n')).toBe('data: b\n\n');
  expect(second.text()).toBe('');
});

test('a client resumes even if the server hasn’t noticed that it left', async () => {
  const { stream } = await serveScript('data: a\n\n:@ wait 3600s\ndata: b\n\n');
  const ghost = await open(stream);
  await ghost.until('data: a\n\n');
  await publish(stream, 'p1');
  const again = await open(stream, 'p1');
  await publish(stream, 'p2');
  expect(await again.until(event('p2'))).toBe(event('p2'));
});

test('on a shared timeline, a published id resumes at the timeline’s position at the time of publication', async () => {
  const { stream, source } = await serveScript(
    ':@ wait 50ms\ndata: a\n\n:@ wait 500ms\ndata: b\n\n:@ wait 3600s\ndata: c\n\n',
  );
  source.share(true);
  const first = await open(stream);
  await first.until('data: a\n\n');
  await publish(stream, 'p1');
  await first.until('data: b\n\n');
  const again = await open(stream, 'p1');
  expect(await again.until('data: b\n\n')).toBe('data: b\n\n');
});

test('a client can resume after each id of a published stream; a last one without data counts, an empty one doesn’t', async () => {
  const { stream } = await serveScript('');
  const body = `${event('x')}${event('y')}: comment\n\n${event('z')}id: end\n\n`;
  const headers = { 'Content-Type': 'text/event-stream' };
  await ask(stream, { method: 'POST', body, headers });
  await ask(stream, { method: 'POST', body: 'id\ndata: reset\n\n', headers });
  await publish(stream, 'last');
  const reset = `id\ndata: reset\n\n${event('last')}`;
  for (const [id, rest] of [
    ['x', body.slice(event('x').length) + reset],
    ['z', `id: end\n\n${reset}`],
    ['end', reset],
    ['last', ''],
  ] as const) {
    const again = await open(stream, id);
    await publish(stream, `after ${id}`);
    expect(await again.until(event(`after ${id}`)), id).toContain(rest);
    expect(again.text().startsWith(rest)).toBe(true);
    again.response.destroy();
  }
});

test('an id that is both in the file and published resumes in the file', async () => {
  const { stream } = await serveScript('id: 1\ndata: a\n\nid: 2\ndata: b\n\n:@ end\n');
  await publish(stream, '1', 'published');
  expect(await (await open(stream, '1')).whole).toBe('id: 2\ndata: b\n\n');
});

test('clients can resume after the last 1,000 published ids, and none before them', async () => {
  const { stream, source } = await serveScript('data: file\n\n:@ wait 3600s\ndata: never\n\n');
  for (let n = 0; n <= 1000; n += 1) {
    const bytes = Buffer.from(event(`p${n}`));
    source.publish({ bytes, events: 1, ids: [{ id: `p${n}`, end: bytes.length, events: 1 }] });
  }
  const known = await open(stream, 'p1');
  await known.until(event('p1000'));
  expect(known.text().startsWith(event('p2'))).toBe(true);
  expect(known.text().match(/^id:/gm)).toHaveLength(999);
  const unknown = await open(stream, 'p0');
  expect(await unknown.until('\n\n')).toBe('data: file\n\n');
});

test('the last 2 MB of publications are kept', async () => {
  const { stream, source } = await serveScript('data: file\n\n:@ wait 3600s\ndata: never\n\n');
  const big = (id: string) => {
    const bytes = Buffer.from(`id: ${id}\ndata: ${'x'.repeat(900_000)}\n\n`);
    source.publish({ bytes, events: 1, ids: [{ id, end: bytes.length, events: 1 }] });
  };
  for (const id of ['b1', 'b2', 'b3']) big(id);
  const unknown = await open(stream, 'b1');
  expect(await unknown.until('\n\n')).toBe('data: file\n\n');
  const known = await open(stream, 'b2');
  await eventually(() => known.text().length > 900_000);
  expect(known.text().startsWith('id: b3\n')).toBe(true);
});

test('after the file was saved, a client that left the old version gets the new one from the beginning', async () => {
  const { stream, source } = await serveScript(TWO);
  const first = await open(stream);
  await first.until('data: b\n\n');
  await publish(stream, 'p1');
  await first.until(event('p1'));
  first.response.destroy();
  await eventually(() => [...source.connections].length === 0);
  const { source: other } = await serveScript('data: new\n\n:@ end\n');
  source.load(other.script);
  expect(await (await open(stream, 'p1')).whole).toBe('data: new\n\n');
});

test('HEAD doesn’t consume the position of a client that resumes', async () => {
  const { stream, source } = await serveScript('data: a\n\n:@ wait 3600s\ndata: b\n\n');
  const two = [await open(stream), await open(stream)];
  await Promise.all(two.map((one) => one.until('data: a\n\n')));
  await publish(stream, 'p1');
  for (const { response } of two) response.destroy();
  await eventually(() => [...source.connections].length === 0);
  for (let n = 0; n < 5; n += 1) await ask(stream, { method: 'HEAD', headers: { 'Last-Event-ID': 'p1' } });
  for (let n = 0; n < 4; n += 1) {
    const again = await open(stream, 'p1');
    await publish(stream, 'p2');
    expect((await again.until(event('p2'))).includes('data: a')).toBe(false);
    again.response.destroy();
    await eventually(() => [...source.connections].length === 0);
  }
});

test('a client without an id, or after an id was reset, gets the file from its beginning', async () => {
  const { stream } = await serveScript('data: a\n\n:@ wait 3600s\ndata: b\n\n');
  const first = await open(stream);
  await first.until('data: a\n\n');
  const headers = { 'Content-Type': 'text/event-stream' };
  for (const body of ['data: none\n\n', 'id: x\ndata: x\n\nid\ndata: taken away\n\n'])
    await ask(stream, { method: 'POST', body, headers });
  await first.until('taken away\n\n');
  expect(await (await open(stream)).until('\n\n')).toBe('data: a\n\n');
  first.response.destroy();
  expect(await (await open(stream)).until('\n\n')).toBe('data: a\n\n');
});

test('a client that is away again and again misses nothing, and gets the file’s beginning once', async () => {
  const { stream, source } = await serveScript('data: a\n\n:@ wait 3600s\ndata: b\n\n');
  const first = await open(stream);
  await first.until('data: a\n\n');
  await publish(stream, 'p1');
  await first.until(event('p1'));
  first.response.destroy();
  for (let n = 2; n <= 4; n += 1) {
    await eventually(() => [...source.connections].length === 0);
    await publish(stream, `p${n}`);
    const again = await open(stream, `p${n - 1}`);
    await again.until(event(`p${n}`));
    expect(again.text()).toBe(event(`p${n}`));
    again.response.destroy();
  }
});

test('a client that leaves while a saved file waits for the end of its event gets the new file', async () => {
  const { stream, source } = await serveScript('data: a\n:@ wait 3600s\ndata: b\n\n');
  const first = await open(stream);
  await first.until('data: a\n');
  await publish(stream, 'p1');
  const { source: other } = await serveScript('data: new\n\n:@ wait 3600s\n');
  source.load(other.script);
  source.restart();
  first.response.destroy();
  await eventually(() => [...source.connections].length === 0);
  expect(await (await open(stream, 'p1')).until('\n\n')).toBe('data: new\n\n');
});

test('a client never resumes at the position of an earlier client that left for good', async () => {
  const { stream, source } = await serveScript('data: a\n\n:@ wait 3600s\ndata: b\n\n');
  const near = await open(stream);
  await near.until('data: a\n\n');
  await publish(stream, 'x');
  await near.until(event('x'));
  near.response.destroy();
  await eventually(() => [...source.connections].length === 0);
  const far = await open(`${stream}?speed=1000`, 'x');
  await far.until('data: b\n\n');
  far.response.destroy();
  await eventually(() => [...source.connections].length === 0);
  const again = await open(stream, 'x');
  await publish(stream, 'y');
  expect((await again.until(event('y'))).includes('data: a')).toBe(false);
});

test('a client that has received a later id of the file leaves no position for the published one', async () => {
  const { stream, source } = await serveScript('data: a\n\n:@ wait 30ms\nid: 1\ndata: b\n\n:@ wait 3600s\ndata: c\n\n');
  const first = await open(stream);
  await first.until('data: a\n\n');
  await publish(stream, 'x');
  await first.until('data: b\n\n');
  const playing = await open(stream, 'x');
  expect(await playing.until('data: a\n\n')).toBe('data: a\n\n');
  first.response.destroy();
  await eventually(() => [...source.connections].length === 1);
  expect(await (await open(stream, 'x')).until('\n\n')).toBe('data: a\n\n');
});

test('on a shared loop with a drop, a client that resumes with a published id stays as long as the others', async () => {
  const file = 'data: a\n\n:@ wait 100ms\ndata: b\n\n:@ wait 100ms\n:@ drop\n:@ wait 100ms\n:@ loop\n';
  const { stream, source } = await serveScript(file);
  source.share(true);
  const first = await open(stream);
  await first.until('data: b\n\n');
  await publish(stream, 'x');
  let connects = 0;
  const end = performance.now() + 1500;
  while (performance.now() < end) {
    connects += 1;
    const again = await open(stream, 'x');
    await again.whole.catch(() => undefined);
  }
  // Each round has one drop.
  expect(connects).toBeLessThan(10);
});
