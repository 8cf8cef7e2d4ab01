// Secrets of a request are in no message, whatever the server makes of them.
import { expect, test } from 'vitest';
import { type RequestLocation, readEventStream } from '../../src/api';
import { setProxies, startProxy } from '../support/servers/proxyServer';
import { serveRaw } from '../support/servers/rawServer';
import { ended, numbered, open, refused, serveInTurn } from '../support/servers/streamServer';

const SECRET = 'zq7Rw9XkP4mN2bVc';

/** Resolves with everything that can be printed of a failure, and of the reconnects before it. */
async function saidOf(request: RequestLocation, reconnect = false): Promise<string> {
  const said: string[] = [];
  const onReconnect = (one: object) => said.push(JSON.stringify(one));
  try {
    for await (const _ of readEventStream(request, { reconnect, timeout: 5000, onReconnect }));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    said.push(error.message, error.stack ?? '', JSON.stringify(error), String(error.cause));
  }
  return said.join('\n');
}

const places: [string, (url: string) => RequestLocation][] = [
  ['its URL', (url) => `${url}?token=${SECRET}`],
  ['its user', (url) => url.replace('//', `//me:${SECRET}@`)],
  ['a header', (url) => ({ url, headers: { Authorization: `Bearer ${SECRET}` } })],
  ['its body', (url) => ({ url, body: JSON.stringify({ password: SECRET }) })],
  ['a command', (url) => `curl -H 'X-Api-Key: ${SECRET}' '${url}'`],
];

test.each(places)('a server that repeats the secret of %s in its status line isn’t quoted', async (_, requestOf) => {
  const { url, asked } = await serveRaw(`HTTP/1.1 401 bad ${SECRET}\r\n\r\n`);
  const said = await saidOf(requestOf(url));
  expect(said).toContain('The server answered 401 bad •••');
  expect(said).not.toContain(SECRET);
  expect(asked.join('')).toMatch(new RegExp(`${SECRET}|${btoa(`me:${SECRET}`)}`));
});

test('so isn’t one that repeats a short secret, and our own words stay', async () => {
  const { url } = await serveRaw('HTTP/1.1 401 no server\r\n\r\n');
  expect(await saidOf(url.replace('//', '//me:server@'))).toContain('The server answered 401 no •••.');
});

test.each(places)('nothing listens: the secret of %s isn’t in the sentence', async (_, requestOf) => {
  const said = await saidOf(requestOf('http://127.0.0.1:1/'));
  expect(said).toContain('Nothing is listening on 127.0.0.1:1.');
  expect(said).not.toContain(SECRET);
});

test('control characters of a status line are shown by their codes', async () => {
  const { url } = await serveRaw('HTTP/1.1 404 a\u202ered\r\n\r\n');
  expect(await saidOf(url)).toContain('The server answered 404 aâ⟨U+0080⟩®red.');
});

test('a redirect doesn’t take the secret along, and the reason for a reconnect has none', async () => {
  const target = await serveInTurn(ended(`retry: 1\n${numbered(1)}`), refused(204));
  const first = await serveInTurn(refused(307, { Location: `${target.url}?token=${SECRET}` }));
  const request = { url: first.url, headers: { Authorization: `Bearer ${SECRET}` } };
  const said = await saidOf(request, true);
  expect(said).toContain('"reason":"The stream ended."');
  expect(said).not.toContain(SECRET);
  expect(target.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
});

test('a body with a secret isn’t sent on to another server', async () => {
  const target = await serveInTurn(open(''));
  const first = await serveInTurn(refused(307, { Location: target.url }));
  const said = await saidOf({ url: first.url, body: JSON.stringify({ password: SECRET }) });
  expect(said).toMatch(/redirects to http:\/\/127\.0\.0\.1:\d+, and the body holds a secret\. It was not sent there\./);
  expect([target.requests, said.includes(SECRET)]).toEqual([[], false]);
});

test('the proxy of the environment is used, and its password is in no message', async () => {
  const [proxy, target] = [await startProxy(), await serveInTurn(ended(numbered(2)))];
  setProxies({ HTTP_PROXY: `http://me:${SECRET}@${proxy.host}` });
  const data: string[] = [];
  for await (const event of readEventStream(target.url.replace('127.0.0.1', 'stream.test'))) data.push(event.data);
  expect([data, proxy.asked.length]).toEqual([['1', '2'], 1]);
  setProxies({ HTTP_PROXY: `http://me:${SECRET}@127.0.0.1:1` });
  const said = await saidOf('http://stream.test/');
  expect(said).toContain('The proxy 127.0.0.1:1 can’t be reached: ECONNREFUSED.');
  expect(said).not.toContain(SECRET);
});

test.each(['http://', ''])('a proxy that repeats its password in its status line isn’t quoted (%s)', async (scheme) => {
  const pair = btoa(`me:${SECRET}`);
  for (const said of [SECRET, pair, `Basic ${pair}`, encodeURIComponent(SECRET)]) {
    const proxy = await serveInTurn((response) => response.writeHead(407, `No ${said}`).end());
    setProxies({ HTTP_PROXY: `${scheme}me:${SECRET}@${new URL(proxy.url).host}` });
    const sentence = await saidOf('http://stream.test/');
    expect(sentence).toMatch(/^The server answered 407 No /);
    expect(sentence.includes(SECRET) || sentence.includes(pair)).toBe(false);
  }
});

test.each([
  `http://127.0.0.1:99999/?k=${SECRET}`,
  `http://127.0.0.1:99999/#${SECRET}`,
  `http://a.test/ http://[b/?k=${SECRET}`,
])('of a URL that isn’t valid, the message has no query: %s', async (url) => {
  const said = await saidOf(url.replace(/^(.*) /, "curl '$1' "));
  expect(said).toMatch(/“http:[^”]+[?#]…”/);
  expect(said).not.toContain(SECRET);
});
