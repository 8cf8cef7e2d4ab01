// Requests through a real proxy, as the command line and the API make them.
import { getEventListeners, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { endReason } from '../../../../src/client/endReason';
import { isAskedAgain } from '../../../../src/client/http/end';
import { exchange } from '../../../../src/client/http/exchange';
import { environmentProxy } from '../../../../src/client/http/proxy/environmentProxy';
import type { StreamRequest } from '../../../../src/client/request/streamRequest';
import { inEnglish } from '../../../../src/text/translate';
import { get } from '../../../support/client/requests';
import { setProxies, startProxy } from '../../../support/servers/proxyServer';
import { eventually, freePort } from '../../../support/servers/testServer';

const PASSWORD = 'pass-Word_7';

/** Starts a server that responds with what it was asked. Resolves with its port. */
async function startEcho(secure = false): Promise<number> {
  const answer: RequestListener = async (asked, response) => {
    let body = '';
    for await (const chunk of asked) body += chunk;
    response.end(`${asked.method} ${asked.url} ${asked.headers.host} ${body}`);
  };
  const [key, cert] = ['key', 'pem'].map((end) => readFileSync(`test/support/servers/localhost.${end}`));
  const server = secure ? createTlsServer({ key, cert }, answer) : createServer(answer);
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

/** Makes the request. Resolves with the response's body. */
async function ask(request: StreamRequest, signal = new AbortController().signal): Promise<string> {
  const { body } = await exchange(request, signal, { proxyFor: environmentProxy });
  const chunks: Uint8Array[] = [];
  await body.read((chunk) => chunks.push(chunk));
  return Buffer.concat(chunks).toString();
}

/** Resolves with what a person reads of the failure, and with whether a reconnect is of use. */
async function failureOf(request: StreamRequest): Promise<{ sentence: string; isAskedAgain: boolean; all: string }> {
  const error = await ask(request).then(
    () => new Error('It did not fail.'),
    (failure: Error) => failure,
  );
  const end = { cause: 'network' as const, error, redirects: [] };
  const sentence = endReason(inEnglish, end, request.url, undefined);
  const all = `${sentence} ${error.stack} ${JSON.stringify({ ...error, cause: error.cause })}`;
  return { sentence, isAskedAgain: isAskedAgain(end, false), all };
}

test.each(['HTTP_PROXY', 'http_proxy', 'ALL_PROXY'])('%s leads http: requests through the proxy', async (variable) => {
  const [proxy, port] = [await startProxy(), await startEcho()];
  setProxies({ [variable]: `http://me:${PASSWORD}@${proxy.host}` });
  const body = await ask({ ...get(`http://stream.test:${port}/a?b=c#d`), method: 'POST', body: 'e' });
  expect(body).toBe(`POST /a?b=c stream.test:${port} e`);
  expect(proxy.asked).toEqual([`POST http://stream.test:${port}/a?b=c`]);
  expect(proxy.credentials).toEqual([`Basic ${btoa(`me:${PASSWORD}`)}`]);
});

test.each(['HTTPS_PROXY', 'https_proxy'])('%s leads https: requests through a tunnel', async (variable) => {
  const [proxy, port] = [await startProxy(), await startEcho(true)];
  setProxies({ [variable]: `http://me:${PASSWORD}@${proxy.host}`, HTTP_PROXY: 'http://127.0.0.1:1' });
  const request = { ...get(`https://localhost:${port}/a`), method: 'POST', body: 'e' };
  expect(await ask({ ...request, insecure: true })).toBe(`POST /a localhost:${port} e`);
  expect(proxy.asked).toEqual([`CONNECT localhost:${port}`]);
  expect(proxy.credentials).toEqual([`Basic ${btoa(`me:${PASSWORD}`)}`]);
  // The certificate is the server's, and is checked as without a proxy.
  expect((await failureOf(request)).sentence).toMatch(/^The certificate of localhost:\d+ isn’t trusted/);
});

test('the request goes to the server of its URL, not to the one of its Host header', async () => {
  const [proxy, port] = [await startProxy(), await startEcho()];
  setProxies({ HTTP_PROXY: `http://${proxy.host}` });
  await ask(get(`http://stream.test:${port}/`, ['Host', 'other.test']));
  expect(proxy.asked).toEqual([`GET http://stream.test:${port}/`]);
});

test.each([
  ['b.test', 'http://a.b.test/', false],
  ['b.test', 'http://ab.test/', true],
  ['.b.test', 'http://b.test/', false],
  ['*.b.test', 'http://a.b.test/', false],
  ['B.TEST', 'http://b.test/', false],
  ['b.test.', 'http://b.test/', false],
  ['b.test:8080', 'http://b.test:8080/', false],
  ['b.test:8080', 'http://b.test/', true],
  ['b.test:443', 'https://b.test/', false],
  ['localhost, ::1', 'http://[::1]:8080/', false],
  ['[::1]', 'http://[::1]:8080/', false],
  ['[::1]:8080', 'http://[::1]:8080/', false],
  ['[::1]:81', 'http://[::1]:8080/', true],
  ['10.0.0.0/8', 'http://10.1.2.3/', false],
  ['10.0.0.0/8', 'http://11.1.2.3/', true],
  ['fd00::/8', 'http://[fd12::1]/', false],
  ['10.0.0.0/99,x/y,/,:,*x', 'http://10.1.2.3/', true],
  ['0.1', 'http://127.0.0.1/', true],
  ['a.test *', 'http://b.test/', false],
  ['', 'http://b.test/', true],
])('NO_PROXY=%s: is %s asked through the proxy? %s', async (list, url, isThrough) => {
  setProxies({ ALL_PROXY: 'http://proxy.test', NO_PROXY: list });
  const proxy = await environmentProxy(new URL(url), new AbortController().signal);
  expect(proxy !== undefined).toBe(isThrough);
});

test.each(['127.0.0.1', '*', 'a.test,127.0.0.1'])('NO_PROXY=%s leads around the proxy', async (list) => {
  const [proxy, port] = [await startProxy(), await startEcho()];
  setProxies({ HTTP_PROXY: `http://${proxy.host}`, NO_PROXY: list });
  expect(await ask(get(`http://127.0.0.1:${port}/`))).toMatch(/^GET \//);
  expect(proxy.asked).toEqual([]);
});

test('a redirect goes through the proxy of its own URL', async () => {
  const [proxy, port] = [await startProxy(), await startEcho()];
  const redirect = createServer((_, answer) =>
    answer.writeHead(302, { Location: `http://b.test:${port}/there` }).end(),
  );
  onTestFinished(() => void redirect.close());
  await once(redirect.listen(0, '127.0.0.1'), 'listening');
  setProxies({ HTTP_PROXY: `http://${proxy.host}`, NO_PROXY: '127.0.0.1' });
  expect(await ask(get(`http://127.0.0.1:${(redirect.address() as AddressInfo).port}/`))).toMatch(/^GET \/there/);
  expect(proxy.asked).toEqual([`GET http://b.test:${port}/there`]);
});

test.each(['http', 'https'])('a proxy for %s: that isn’t there is named, without its password', async (scheme) => {
  const host = `127.0.0.1:${await freePort()}`;
  setProxies({ ALL_PROXY: `http://me:${PASSWORD}@${host}` });
  const failure = await failureOf(get(`${scheme}://stream.test/`));
  expect(failure.sentence).toBe(
    `The proxy ${host} can’t be reached: ECONNREFUSED. Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY.`,
  );
  expect(failure.isAskedAgain).toBe(true);
  expect(failure.all).not.toContain(PASSWORD);
});

test.each([
  [407, 'Give its user and password in HTTPS_PROXY.', false],
  [403, 'Name the server in NO_PROXY to go without it.', false],
  [502, 'Name the server in NO_PROXY to go without it.', true],
])('a proxy that answers %i to a tunnel isn’t taken for the server', async (status, advice, isAgain) => {
  const proxy = await startProxy(status);
  setProxies({ HTTPS_PROXY: `http://me:${PASSWORD}@${proxy.host}` });
  const failure = await failureOf(get('https://stream.test/'));
  expect(failure.sentence).toBe(`The proxy ${proxy.host} answered ${status}. ${advice}`);
  expect(failure.isAskedAgain).toBe(isAgain);
  expect(failure.all).not.toContain(PASSWORD);
});

test.each([
  ['a head without an end', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(300_000)}`],
  ['many fields', `HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(60_000)}`],
  ['no HTTP', 'SSH-2.0-OpenSSH_9\r\n\r\n'],
  ['the words of another server', 'HTTP/1.1 200 OK\r\n\r\nhello'],
])('a proxy that answers %s to a tunnel is one that failed', async (_, answer) => {
  const server = createTcpServer((socket) => {
    socket.on('error', () => socket.destroy()).write(answer);
    socket.resume();
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  setProxies({ HTTPS_PROXY: `http://me:${PASSWORD}@${host}` });
  const failure = await failureOf(get('https://stream.test/'));
  expect(failure.sentence).toMatch(new RegExp(`^The proxy ${host} can’t be reached: \\w+\\. Check HTTPS_PROXY`));
  expect(failure.all).not.toContain(PASSWORD);
});

test.each([`http://me:${PASSWORD}@:::`, `socks5://me:${PASSWORD}@127.0.0.1`, `http://me:${PASSWORD}%@127.0.0.1`])(
  'an address that is none of a proxy isn’t repeated in the error',
  async (address) => {
    setProxies({ HTTP_PROXY: address });
    const failure = await failureOf(get('http://stream.test/'));
    expect(failure.sentence).toBe(
      'The address of the proxy is not one of http: or https:. Correct HTTPS_PROXY, HTTP_PROXY or ALL_PROXY.',
    );
    expect(failure.isAskedAgain).toBe(false);
    expect(failure.all).not.toContain(PASSWORD);
  },
);

test.each(['http', 'https'])('an abort closes a connection to a proxy that doesn’t answer for %s:', async (scheme) => {
  const proxy = await startProxy(0);
  setProxies({ ALL_PROXY: `http://${proxy.host}` });
  const controller = new AbortController();
  const asked = ask(get(`${scheme}://stream.test/`), controller.signal);
  await eventually(() => proxy.asked.length === 1);
  controller.abort();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  await eventually(() => proxy.sockets.size === 0);
});

test.each(['http', 'https'])(
  'requests for %s: don’t add up on the signal, which serves all reconnects',
  async (scheme) => {
    const [proxy, port] = [await startProxy(), await startEcho(scheme === 'https')];
    setProxies({ ALL_PROXY: `http://${proxy.host}` });
    const { signal } = new AbortController();
    for (let left = 8; left > 0; left -= 1)
      await ask({ ...get(`${scheme}://stream.test:${port}/`), insecure: true }, signal);
    await eventually(() => proxy.sockets.size === 0);
    // Node's own go with the garbage.
    expect(getEventListeners(signal, 'abort').length).toBeLessThan(4);
  },
);

test('the editor’s requests obey no variable: VS Code has settings of its own', async () => {
  const port = await startEcho();
  setProxies({ HTTP_PROXY: 'http://127.0.0.1:1' });
  const { status } = await exchange(get(`http://127.0.0.1:${port}/`), new AbortController().signal);
  expect(status).toBe(200);
});
