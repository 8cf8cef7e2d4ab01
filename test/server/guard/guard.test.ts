import { once } from 'node:events';
import { expect, test } from 'vitest';
import { RequestGuard } from '../../../src/server/guard/requestGuard';
import { ask, connectTo, openStream, sendRaw, startServer } from '../../support/servers/testServer';

const PANEL = 'vscode-webview://1a2b3c';

async function startGuarded(origins: string[] = []) {
  const guard = new RequestGuard(origins, 'Ask its owner.');
  const started = await startServer({ guard });
  const status = async (headers: Record<string, string>, path = 'event') =>
    (await ask(`${started.url}${path}`, { method: 'HEAD', headers })).status;
  return { ...started, guard, status };
}

test('curl, which sends only a loopback Host, is let in', async () => {
  const { status, port } = await startGuarded();
  for (const host of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]']) {
    expect(await status({ host: `${host}:${port}` }), host).toBe(200);
    // Port forwarding changes the port.
    expect(await status({ host: `${host}:1` }), host).toBe(200);
    expect(await status({ host }), host).toBe(200);
  }
});

test.each([
  'evil.example',
  'localhost.evil.example:8080',
  'evil-localhost',
  '127.0.0.1.nip.io:8080',
  '127.0.0.2:8080',
  '0.0.0.0:8080',
  '127.1',
  '2130706433',
  '[::ffff:127.0.0.1]:8080',
  'localhost:',
  'localhost:8080:1',
  'localhost:x',
  'localhost:123456',
  'localhost@evil.example',
  'user@localhost',
  'localhost, evil.example',
  'localhost.',
  '::1',
  '[::1',
])('a Host of %j, as after DNS rebinding, is refused, on / and on /event', async (host) => {
  const { status, refusals } = await startGuarded();
  expect(await status({ host })).toBe(403);
  expect(await status({ host }, '')).toBe(403);
  expect(refusals[0]).toContain(`The Host ${JSON.stringify(host)}`);
});

test('the address that VS Code has resolved is allowed as Host, compared whole', async () => {
  const { guard, status } = await startGuarded();
  const host = 'name-8080.app.github.dev';
  expect(await status({ host })).toBe(403);
  guard.allowAuthority(host);
  expect(await status({ host })).toBe(200);
  expect(await status({ host: host.toUpperCase() })).toBe(200);
  for (const other of [`${host}:443`, `evil-${host}`, `${host}.evil.example`, 'app.github.dev']) {
    expect(await status({ host: other }), other).toBe(403);
  }
  guard.allowAuthority('other.example');
  expect(await status({ host })).toBe(403);
});

test('an empty Host, two Hosts, or a target in absolute form with another one, are refused', async () => {
  const { port } = await startGuarded();
  const send = (target: string, ...hosts: string[]) =>
    sendRaw(
      port,
      `GET ${target} HTTP/1.1\r\n${hosts.map((host) => `Host: ${host}\r\n`).join('')}Connection: close\r\n\r\n`,
    );
  expect(await send('/', 'localhost', 'localhost')).toMatch(/^HTTP\/1.1 40[03] /);
  expect(await send('/', '')).toMatch(/^HTTP\/1.1 403 /);
  expect(await send('/', 'localhost', 'evil.example')).toMatch(/^HTTP\/1.1 40[03] /);
  expect(await send('http://evil.example/', 'localhost')).toMatch(/^HTTP\/1.1 403 /);
  expect(await send('http://localhost@evil.example/', 'localhost')).toMatch(/^HTTP\/1.1 403 /);
  expect(await send('http://localhost/', 'localhost')).toMatch(/^HTTP\/1.1 200 /);
});

test('our own page may read: its origin is the Host', async () => {
  const { status, port } = await startGuarded();
  expect(await status({ origin: `http://127.0.0.1:${port}` })).toBe(200);
  expect(await status({ 'sec-fetch-site': 'same-origin' })).toBe(200);
  // As dev tunnels do.
  expect(await status({ host: 'localhost', origin: 'https://localhost' })).toBe(200);
  expect(await status({ host: 'localhost:8080', origin: 'http://localhost:8081' })).toBe(403);
});

test('the panel’s page may read, and no other webview; one that replaces it takes its place', async () => {
  const { url, guard, status } = await startGuarded();
  expect(await status({ origin: PANEL })).toBe(403);
  guard.allowOrigin(PANEL);
  // Requests directly from code-server are cross-site.
  const { response } = await openStream(`${url}event`, { headers: { origin: PANEL, 'sec-fetch-site': 'cross-site' } });
  expect(response.statusCode).toBe(200);
  expect(response.headers['access-control-allow-origin']).toBe(PANEL);
  for (const other of ['vscode-webview://1a2b3', `${PANEL}d`, 'vscode-webview://', 'null']) {
    expect(await status({ origin: other }), other).toBe(403);
  }
  guard.allowOrigin('vscode-webview://def');
  expect(await status({ origin: PANEL })).toBe(403);
});

test('the opaque origin, which any sandboxed page has, can’t be allowed', async () => {
  const { guard, status } = await startGuarded();
  guard.allowOrigin('null');
  expect(await status({ origin: 'null' })).toBe(403);
});

test('an allowed origin is named in the response; another gets 403, a sentence, and no CORS header', async () => {
  const { url, opened } = await startGuarded(['http://localhost:5173']);
  const good = await openStream(`${url}event`, { headers: { origin: 'http://localhost:5173' } });
  expect(good.response.headers).toMatchObject({
    'access-control-allow-origin': 'http://localhost:5173',
    'vary': 'Origin',
  });
  for (const origin of [
    'http://localhost:5174',
    'http://evil.example',
    '',
    'http://localhost:5173, http://localhost:5173',
  ]) {
    const { status, headers, body } = await ask(`${url}event`, { headers: { origin } });
    expect([status, headers.vary], origin).toEqual([403, 'Origin']);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(body).toBe(`Refused. Pages of ${JSON.stringify(origin)} may not read this server. Ask its owner.\n`);
  }
  expect(opened).toHaveLength(1);
});

test.each(['cross-site', 'same-site', 'unheard-of', 'same-origin, cross-site'])(
  'a request without an origin, but from a page elsewhere (%s), is refused: an image, a script, a frame',
  async (site) => {
    const { status } = await startGuarded();
    for (const dest of ['image', 'script', 'iframe', 'empty', 'document']) {
      const mode = dest === 'iframe' || dest === 'document' ? 'navigate' : 'no-cors';
      const headers = { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest };
      expect(await status(headers), dest).toBe(403);
      // A user who follows a link to the page sees it.
      expect(await status(headers, ''), dest).toBe(dest === 'document' ? 200 : 403);
    }
  },
);

test('an address that the user types (Sec-Fetch-Site: none) is let in', async () => {
  const { status } = await startGuarded();
  const typed = { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
  expect([await status(typed), await status(typed, '')]).toEqual([200, 200]);
});

test('fetch with Last-Event-ID is answered its preflight, for an allowed origin; another is refused', async () => {
  const { url } = await startGuarded(['http://localhost:5173']);
  const preflight = (origin: string) =>
    ask(`${url}event`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'last-event-id' },
    });
  const { status, headers } = await preflight('http://localhost:5173');
  expect(status).toBe(204);
  expect(headers).toMatchObject({
    'access-control-allow-origin': 'http://localhost:5173',
    'access-control-allow-methods': 'GET, HEAD',
    'access-control-allow-headers': 'last-event-id',
    'access-control-allow-credentials': 'true',
  });
  expect((await preflight('http://evil.example')).status).toBe(403);
});

test('every response, including errors, forbids type sniffing, embedding and sending its address as referrer', async () => {
  const { url } = await startGuarded();
  const answers = [
    ...(await Promise.all(['', 'event?limit=0', 'no'].map((path) => ask(`${url}${path}`)))),
    await ask(url, { method: 'POST' }),
    await ask(url, { headers: { origin: 'http://evil.example' } }),
    await ask(`${url}event`, { method: 'HEAD' }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 400, 404, 405, 403, 200]);
  for (const { headers } of answers) {
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'vary': 'Origin',
    });
  }
});

test('Expect doesn’t bypass the guard: neither an unknown value, nor 100-continue with a foreign Host', async () => {
  const { port } = await startGuarded();
  const ask = (host: string, expectation: string) =>
    sendRaw(
      port,
      `POST / HTTP/1.1\r\nHost: ${host}\r\nExpect: ${expectation}\r\nContent-Length: 1\r\nConnection: close\r\n\r\n`,
    );
  for (const expectation of ['100-continue', 'foo']) {
    expect(await ask('evil.example', expectation)).toMatch(/^HTTP\/1.1 403 .*nosniff/s);
    expect(await ask('localhost', expectation)).toMatch(/^HTTP\/1.1 405 .*nosniff/s);
  }
});

test('a client’s text is shown without the control characters that a terminal would interpret', async () => {
  const { port, refusals } = await startGuarded();
  await sendRaw(port, 'GET / HTTP/1.1\r\nHost: \x9b31m\r\nConnection: close\r\n\r\n');
  const own = `127.0.0.1:${port}`;
  expect(refusals).toEqual([
    `Refused. The Host "\\u009b31m" is not this server’s. Behind a proxy, have it send the Host ${own} (nginx: proxy_set_header Host ${own}; in Vite and webpack-dev-server: changeOrigin: true).`,
  ]);
});

test('the page on / may run its own script and style, reach its own server, and be in no frame', async () => {
  const { url } = await startGuarded();
  const policy = (await ask(url)).headers['content-security-policy'];
  expect(policy).toContain(`default-src 'none'`);
  expect(policy).toMatch(/script-src 'sha256-[\w+/]{43}='; /);
  expect(policy).toMatch(/style-src 'sha256-[\w+/]{43}='; /);
  expect(policy).toContain(`connect-src 'self'`);
  expect(policy).toContain(`frame-ancestors 'none'`);
});

test('a WebSocket is refused; h2c, which Java’s client offers with each request, is declined by a response in HTTP/1.1', async () => {
  const { port } = await startGuarded();
  const upgrade = (protocol: string) =>
    sendRaw(
      port,
      `GET /event?interval=10&limit=1 HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`,
    );
  for (const name of ['websocket', 'WebSocket', 'h2c, websocket', 'x']) {
    expect(await upgrade(name)).toMatch(/^HTTP\/1.1 400 .*plain HTTP/s);
  }
  const socket = await connectTo(port);
  socket.write('GET /event?interval=10 HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
  const [first] = await once(socket, 'data');
  expect(String(first)).toMatch(/^HTTP\/1.1 200 /);
  socket.destroy();
});
