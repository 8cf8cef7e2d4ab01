// Steps that are offered after a failed request in a panel: the button's message, and its result.
import { readFileSync } from 'node:fs';
import { createServer as createHttp2, createSecureServer } from 'node:http2';
import { createServer as createHttps } from 'node:https';
import type { Server } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { formOf, InspectorBench, latest, serveNoting, statusOf } from '../../../support/inspector/inspectors';
import { hostOf, serveRaw } from '../../../support/servers/rawServer';
import { eventually } from '../../../support/servers/testServer';

const TLS = {
  key: readFileSync('test/support/servers/localhost.key'),
  cert: readFileSync('test/support/servers/localhost.pem'),
};
const STREAM = { 'Content-Type': 'text/event-stream' };

const failedOf = (panel: Parameters<typeof statusOf>[0]) => statusOf(panel, ({ state }) => state === 'failed');
const isOpen = ({ state }: { state: string }) => state === 'open';

test('https to a server without TLS: Try http:// connects, and changes the form', async () => {
  const { host, asked } = await serveNoting();
  const panel = await new InspectorBench().inspect(`https://${host}/a`);
  expect(await failedOf(panel)).toMatchObject({
    reason: `${host} doesn’t speak TLS. Try http:// instead of https://.`,
    nextStep: { step: 'tryHttp' },
  });
  panel.say({ type: 'nextStep', step: 'tryHttp' });
  await statusOf(panel, isOpen);
  expect([formOf(panel).url, asked[0]?.url]).toEqual([`http://${host}/a`, '/a']);
});

test('a secret is sent unencrypted only after the user has agreed to another question', async () => {
  const { host, asked } = await serveNoting();
  const bench = new InspectorBench();
  const panel = await bench.inspect(`curl https://${host}/ -H 'Authorization: Bearer abcdefgh'`);
  await failedOf(panel);
  panel.say({ type: 'nextStep', step: 'tryHttp' });
  await eventually(() => bench.questions.length === 1);
  await new Promise(setImmediate);
  expect(asked).toEqual([]);
});

test('an untrusted certificate: Connect Anyway accepts it, for this request only', async () => {
  const server = createHttps(TLS, (_, response) => response.writeHead(200, STREAM).write('data: a\n\n'));
  onTestFinished(() => server.closeAllConnections());
  const host = await hostOf(server);
  const panel = await new InspectorBench().inspect(`https://${host}/`);
  const { reason, nextStep } = await failedOf(panel);
  expect(reason).toMatch(/^The certificate of 127\.0\.0\.1:\d+ isn’t trusted/);
  expect(nextStep?.step).toBe('connectAnyway');
  panel.say({ type: 'nextStep', step: 'connectAnyway' });
  expect(await statusOf(panel, isOpen)).toMatchObject({ insecure: true });
  expect(formOf(panel).insecure).toBe(true);
});

test('a POST whose response isn’t valid HTTP is repeated by a click, and read', async () => {
  const { url, asked } = await serveRaw('HTTP/1.1 200 OK\nContent-Type: text/event-stream\n\nid: 3\ndata: a\n\n');
  const panel = await new InspectorBench().inspect(`curl ${url} -d x`);
  expect((await failedOf(panel)).nextStep?.step).toBe('readAnyway');
  expect(asked).toHaveLength(1);
  panel.say({ type: 'nextStep', step: 'readAnyway' });
  await statusOf(panel, ({ state }) => state === 'ended');
  expect(latest(panel, 'history')?.history.events).toBe(1);
  expect(asked).toHaveLength(2);
});

test('a response of another type, even an endless one: Read as Event Stream Anyway shows its events, and notes that browsers refuse it', async () => {
  const { url } = await serveNoting((_, response) =>
    response.writeHead(200, { 'Content-Type': 'text/plain' }).write('id: 5\ndata: a\n\ndata: b\n\n'),
  );
  const panel = await new InspectorBench().inspect(url);
  const { nextStep, running } = await statusOf(panel, ({ bodySize = 0 }) => bodySize > 0);
  expect([nextStep?.step, running]).toEqual(['readAsStream', true]);
  panel.say({ type: 'nextStep', step: 'readAsStream' });
  const open = await statusOf(panel, ({ state, lastEventId }) => state === 'open' && lastEventId === '5');
  expect(open.reason).toBe(
    'A browser refuses it. The response is not an event stream: its type is text/plain, not text/event-stream.',
  );
  expect(open.nextStep).toBeUndefined();
  expect(latest(panel, 'history')?.history.events).toBe(2);
  expect(latest(panel, 'response')?.isEventStream).toBe(true);
  // The user has agreed to nothing for another request.
  panel.say({ type: 'connect', form: { ...formOf(panel), url: `${url}other` } });
  await statusOf(panel, ({ state }) => state === 'answered');
});

test('a response that turns out to have no event isn’t requested again and again, though it was read as a stream', async () => {
  const { url, asked } = await serveNoting((_, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' }).end('{}');
  });
  const panel = await new InspectorBench().inspect(url);
  await statusOf(panel, ({ state, running }) => state === 'answered' && !running);
  panel.say({ type: 'nextStep', step: 'readAsStream' });
  await statusOf(panel, ({ state, running }) => state === 'ended' && !running);
  expect([formOf(panel).reconnect, asked.length]).toEqual([true, 2]);
});

test('a step uses the edited form, except for its URL', async () => {
  const { host, asked } = await serveNoting();
  const panel = await new InspectorBench().inspect(`https://${host}/`);
  await failedOf(panel);
  panel.say({ type: 'edited', form: { ...formOf(panel), headers: 'X-A: b' }, done: true });
  await eventually(() => latest(panel, 'keep')?.form.headers === 'X-A: b');
  panel.say({ type: 'nextStep', step: 'tryHttp' });
  await statusOf(panel, isOpen);
  expect(asked[0]?.headers['x-a']).toBe('b');
});

test('a step that isn’t offered isn’t taken, whatever a page sends', async () => {
  const { url, asked } = await serveNoting();
  const panel = await new InspectorBench().inspect(url);
  await statusOf(panel, isOpen);
  for (const step of ['readAnyway', 'readAsStream', 'tryHttp', 'tryHttps', 'connectAnyway'] as const)
    panel.say({ type: 'nextStep', step });
  panel.say({ type: 'disconnect' });
  await statusOf(panel, ({ state }) => state === 'idle');
  expect(asked).toHaveLength(1);
});

test('a server that answers http with TLS: Try https://', async () => {
  const { url } = await serveRaw('\x15\x03\x01\x00\x02\x02\x46');
  const panel = await new InspectorBench().inspect(url);
  const { reason, nextStep } = await failedOf(panel);
  expect(reason).toMatch(/speaks TLS\. Try https:\/\/ instead of http:\/\/\.$/);
  expect(nextStep?.step).toBe('tryHttps');
});

test('a server of HTTP/2 only, with TLS or without, is reported, and not requested again', async () => {
  const secure = createSecureServer(TLS);
  const plain = createHttp2();
  let sessions = 0;
  plain.on('session', (session) => session.on('error', () => {}));
  for (const server of [secure, plain])
    server.on('connection', () => {
      sessions += 1;
    });
  const [secureHost, host] = [await hostOf(secure as unknown as Server), await hostOf(plain as unknown as Server)];
  for (const url of [`https://${secureHost}/`, `http://${host}/`]) {
    const panel = await new InspectorBench().inspect(`curl -k ${url}`);
    const { reason, running } = await failedOf(panel);
    expect(reason).toBe(`${new URL(url).host} speaks HTTP/2 only, which can’t be read here.`);
    expect(running).toBe(false);
  }
  expect(sessions).toBe(2);
});

test('a charset that Chromium refuses is shown as it is written, with a note; the stream is read', async () => {
  const { url } = await serveNoting((_, response) =>
    response.writeHead(200, { 'Content-Type': 'text/event-stream;charset=ISO-8859-1' }).write('data: é\n\n'),
  );
  const panel = await new InspectorBench().inspect(url);
  const open = await statusOf(panel, isOpen);
  expect(open.response?.contentType).toBe('text/event-stream;charset=ISO-8859-1');
  expect(open.reason).toBe('Chromium refuses it: its charset is ISO-8859-1, not UTF-8, which it is read as here.');
});

test('an incomplete percent escape in a password is sent as it is', async () => {
  const { host, asked } = await serveNoting();
  const panel = await new InspectorBench().inspect(`http://u:50%off%20%C3%A9@${host}/`);
  await statusOf(panel, isOpen);
  expect(asked[0]?.headers.authorization).toBe(`Basic ${Buffer.from('u:50%off é').toString('base64')}`);
});

test('any success can be read in another way, which holds until another stream is asked for', async () => {
  let [isHeld, answer] = [false, () => undefined as unknown];
  const { url, asked } = await serveNoting((_, response) => {
    answer = () => response.writeHead(200, { 'Content-Type': 'application/x-ndjson' }).write('{"a":1}\n{"a":2}\n');
    if (!isHeld) answer();
  });
  const panel = await new InspectorBench().inspect(url);
  const lines = await statusOf(panel, ({ state, readAs }) => state === 'open' && readAs === 'lines');
  expect([lines.reason, latest(panel, 'response')?.isEventStream]).toEqual([
    'Read as JSON lines: each line is an event. There is no reconnect.',
    true,
  ]);
  await eventually(() => latest(panel, 'history')?.history.events === 2);
  panel.say({ type: 'nextStep', step: 'readAsText' });
  await statusOf(panel, ({ readAs, bodySize = 0 }) => readAs === 'text' && bodySize > 0);
  // Held, because the status of the answer before would look the same.
  isHeld = true;
  panel.say({ type: 'connect', form: formOf(panel) });
  await statusOf(panel, ({ state }) => state === 'connecting');
  await eventually(() => asked.length === 3);
  isHeld = false;
  answer();
  await statusOf(panel, ({ readAs, bodySize = 0 }) => readAs === 'text' && bodySize > 0);
  panel.say({ type: 'nextStep', step: 'readAsStream' });
  await statusOf(panel, ({ readAs }) => readAs === 'events');
  panel.say({ type: 'nextStep', step: 'readAsLines' });
  await statusOf(panel, ({ readAs }) => readAs === 'lines');
  await eventually(() => latest(panel, 'history')?.history.events === 4);
  panel.say({ type: 'nextStep', step: 'readAsText' });
  await statusOf(panel, ({ readAs }) => readAs === 'text');
  panel.say({ type: 'connect', form: { ...formOf(panel), url: `${url}other` } });
  await statusOf(panel, ({ state, readAs }) => state === 'open' && readAs === 'lines');
});

test('an error, and a response to HEAD, are read in no other way', async () => {
  const { url } = await serveNoting((_, response) => response.writeHead(500).end('{}'));
  const panel = await new InspectorBench().inspect(url);
  expect((await statusOf(panel, ({ state }) => state === 'answered')).readAs).toBeUndefined();
  panel.say({ type: 'nextStep', step: 'readAsLines' });
  const { url: other } = await serveNoting((_, response) => response.writeHead(200).end());
  const head = await new InspectorBench().inspect(`curl -I ${other}`);
  expect((await statusOf(head, ({ state }) => state === 'answered')).readAs).toBeUndefined();
});

test('an event stream that is read as text by choice isn’t said to be none, and isn’t read “anyway”', async () => {
  const { url } = await serveNoting((_, response) =>
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: a\n\n'),
  );
  const panel = await new InspectorBench().inspect(url);
  await statusOf(panel, ({ state, readAs }) => state === 'open' && readAs === 'events');
  panel.say({ type: 'nextStep', step: 'readAsText' });
  const { reason, nextStep } = await statusOf(panel, ({ readAs, bodySize = 0 }) => readAs === 'text' && bodySize > 0);
  expect([reason, nextStep]).toEqual(['It is shown as text, as you have chosen.', undefined]);
});
