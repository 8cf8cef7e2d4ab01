import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { exchange, type RedirectOptions } from '../../../src/client/http/exchange';
import type { Redirect } from '../../../src/client/http/redirect';
import { redirected } from '../../../src/client/http/redirect';
import type { InspectionStatus } from '../../../src/client/inspectionStatus';
import type { StreamRequest } from '../../../src/client/request/streamRequest';
import { RedirectLog, redirectRows } from '../../../src/extension/inspector/response/redirectLog';
import type { Log } from '../../../src/extension/shared/output/log';
import { InspectorBench, latest, serveNoting, statusOf } from '../../support/inspector/inspectors';
import { eventually } from '../../support/servers/testServer';
import { ownTime } from '../../support/time/ownTime';

const S = 'S3cr3t/V4lue=9';

const to = (status: number, location: string) =>
  serveNoting((_, response) => response.writeHead(status, { Location: location }).end());

async function follow(request: Partial<StreamRequest> & { url: string }, options: RedirectOptions = {}) {
  const redirects: Redirect[] = [];
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const answer = await exchange({ method: 'GET', headers: [], insecure: false, ...request }, controller.signal, {
    ...options,
    onRedirect: (redirect) => redirects.push(redirect),
  });
  return { answer, redirects };
}

/** Returns a port where nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const SECRET_HEADERS: [string, string][] = [
  ...['Authorization', 'Cookie', 'X-Api-Key', 'Auth', 'Authentication', 'DPoP', 'X-Pass', 'X-Csrf', 'X-Hmac'].map(
    (name): [string, string] => [name, 's'],
  ),
  // Harmless names, secret values.
  ['Referer', 'https://a/?token=x'],
  ['X-Upstream', 'Bearer abcdefgh'],
];

test('secret headers aren’t sent to another origin, and are named; none is restored on the way back', async () => {
  const home = await serveNoting((request, response) =>
    request.url === '/' ? response.writeHead(302, { Location: there.url }).end() : response.writeHead(204).end(),
  );
  const there = await to(302, `${home.url}back`);
  const { answer, redirects } = await follow({ url: home.url, headers: [...SECRET_HEADERS, ['X-Other', 'o']] });
  const withheld = SECRET_HEADERS.map(([name]) => name);
  expect(redirects).toEqual([
    { status: 302, url: there.url, withheld, downgrade: false },
    { status: 302, url: `${home.url}back`, withheld: [], downgrade: false },
  ]);
  expect(answer.redirects).toEqual(redirects);
  for (const { headers } of [...there.asked, ...home.asked.slice(1)]) {
    expect(withheld.filter((name) => name.toLowerCase() in headers)).toEqual([]);
    expect(headers['x-other']).toBe('o');
  }
});

test('a header in which the user has put a secret isn’t sent on, whatever its name is', async () => {
  const there = await serveNoting();
  const home = await to(307, there.url);
  const secret = { headers: ['x-note'], body: false, values: [] };
  const { redirects } = await follow({ url: home.url, headers: [['X-Note', 'plain']] }, { secret });
  expect(redirects[0]?.withheld).toEqual(['X-Note']);
  expect(there.asked[0]?.headers['x-note']).toBeUndefined();
});

test('all headers are sent on within an origin, and secrets in a URL are masked', async () => {
  const home = await serveNoting((request, response) =>
    request.url === '/' ? response.writeHead(308, { Location: '/b?token=t' }).end() : response.writeHead(204).end(),
  );
  const { redirects } = await follow({ url: home.url, method: 'POST', body: 'token=x', headers: [['Cookie', 'c']] });
  expect(redirects).toEqual([{ status: 308, url: `${home.url}b?token=•••`, withheld: [], downgrade: false }]);
  expect(home.asked[1]).toMatchObject({ method: 'POST', url: '/b?token=t', body: 'token=x' });
  expect(home.asked[1]?.headers.cookie).toBe('c');
});

test('a redirect from https to http is one to another origin, even with the same host and port, and is reported', async () => {
  const there = await serveNoting();
  const certificate = {
    key: readFileSync('test/support/servers/localhost.key'),
    cert: readFileSync('test/support/servers/localhost.pem'),
  };
  const server = createTlsServer(certificate, (_, response) => response.writeHead(302, { Location: there.url }).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const { redirects } = await follow({ url, insecure: true, headers: [['Authorization', 'a']] });
  expect(redirects).toEqual([{ status: 302, url: there.url, withheld: ['Authorization'], downgrade: true }]);
});

test.each([
  [307, 'POST'],
  [308, 'POST'],
  [301, 'PUT'],
  [302, 'DELETE'],
  [303, 'GET'],
])('a %i that would send the secret in the body of a %s to another origin isn’t followed', async (status, method) => {
  const there = await serveNoting();
  const home = await to(status, there.url);
  const asked = { url: home.url, method, body: '{"api_key":"k"}' };
  const origin = new URL(there.url).origin;
  await expect(follow(asked)).rejects.toMatchObject({ code: 'secret', origin });
  expect(there.asked).toEqual([]);
  const { answer } = await follow(asked, { approved: [origin] });
  expect(answer.status).toBe(200);
  expect(there.asked[0]).toMatchObject({ method, body: asked.body });
});

test('a body without a secret is sent on, except when the method becomes GET', async () => {
  const there = await serveNoting();
  const [keeps, drops] = [await to(307, there.url), await to(303, there.url)];
  await follow({ url: keeps.url, method: 'POST', body: '{"max_tokens":5}' });
  await follow({ url: drops.url, method: 'POST', body: '{"api_key":"k"}' });
  expect(there.asked.map(({ method, body }) => [method, body])).toEqual([
    ['POST', '{"max_tokens":5}'],
    ['GET', ''],
  ]);
});

test('when the method becomes GET, no header of the body is sent on', async () => {
  const there = await serveNoting();
  const home = await to(303, there.url);
  const headers: [string, string][] = [
    ['Content-Type', 'application/json'],
    ['Transfer-Encoding', 'chunked'],
    ['Trailer', 'X-Sum'],
    ['Expect', '100-continue'],
    ['X-Other', 'stays'],
  ];
  await follow({ url: home.url, method: 'POST', headers, body: '{}' });
  const sent = Object.keys(there.asked[0]?.headers ?? {});
  expect(sent).toContain('x-other');
  expect(sent.filter((name) => /^(?:content-|transfer-|trailer|expect)/.test(name))).toEqual([]);
});

test('an approval to send a body to one origin isn’t valid for the next; it may be sent back home', async () => {
  const third = await serveNoting();
  const second = await to(307, third.url);
  const first = await to(307, second.url);
  const asked = { url: first.url, method: 'POST', body: 'token=t' };
  const approved = [new URL(second.url).origin];
  await expect(follow(asked, { approved })).rejects.toMatchObject({ origin: new URL(third.url).origin });
  expect([second.asked.length, third.asked.length]).toEqual([1, 0]);
  const home = await serveNoting((request, response) =>
    request.url === '/' ? response.writeHead(307, { Location: away.url }).end() : response.writeHead(204).end(),
  );
  const away = await to(307, `${home.url}back`);
  await follow({ ...asked, url: home.url }, { approved: [new URL(away.url).origin] });
  expect(home.asked[1]).toMatchObject({ url: '/back', body: 'token=t' });
});

test('a fragment with a secret stays with its origin', async () => {
  const there = await serveNoting();
  const home = await to(302, there.url);
  const { redirects } = await follow({ url: `${home.url}#access_token=t` });
  expect(redirects[0]?.url).toBe(there.url);
});

test('the panel shows each redirect and the headers that weren’t sent on, and logs it', async () => {
  const bench = new InspectorBench();
  const there = await serveNoting();
  const home = await to(302, `${there.url}?token=t`);
  const panel = await bench.inspect(`curl ${home.url} -H 'Authorization: Bearer sk-1'`);
  await eventually(() => latest(panel, 'redirects') !== undefined);
  const note = 'Not sent along, because they are secrets: Authorization';
  expect(latest(panel, 'redirects')?.redirects).toEqual([
    { status: 302, url: `${there.url}?token=•••`, notes: [note] },
  ]);
  await eventually(() => bench.log.length > 2);
  expect(bench.log).toEqual([`Inspecting GET ${home.url}`, `Redirected (302) to ${there.url}?token=•••`, note]);
});

test('an error names the host that failed, and the one that redirected there', async () => {
  const bench = new InspectorBench();
  const port = await closedPort();
  const home = await to(302, `http://127.0.0.1:${port}/x`);
  const panel = await bench.inspect(home.url);
  const { reason } = await statusOf(panel, ({ state }) => state === 'waiting');
  expect(reason).toBe(
    `Nothing is listening on 127.0.0.1:${port}. Is the server running? ${home.host} redirected there.`,
  );
  expect(latest(panel, 'redirects')?.redirects).toHaveLength(1);
  panel.say({ type: 'disconnect' });
});

test('a body with a secret is sent on after a click, to that host and for that request only', async () => {
  const bench = new InspectorBench();
  const there = await serveNoting();
  const home = await to(307, there.url);
  const panel = await bench.inspect(`curl ${home.url} -d '{"api_key":"k"}'`);
  const stopped = await statusOf(panel, ({ state }) => state === 'failed');
  expect(stopped).toMatchObject({ nextStep: { step: 'sendTo', host: there.host }, running: false });
  const origin = `http://${there.host}`;
  expect(stopped.reason).toBe(
    `${home.host} redirects to ${origin}, and the body holds a secret. It was not sent there.`,
  );
  expect(there.asked).toEqual([]);
  // A compromised page could approve that without a click: the extension asks the user, too.
  panel.say({ type: 'nextStep', step: 'sendTo' });
  await eventually(() => bench.questions.length === 1);
  expect(bench.questions[0]).toMatchObject({
    message: `Send the body of the request, which holds a secret, to ${origin}?`,
    button: `Send to ${there.host}`,
  });
  // The response has come by then.
  await new Promise(setImmediate);
  expect(there.asked).toEqual([]);
  bench.agrees = true;
  panel.say({ type: 'nextStep', step: 'sendTo' });
  const open = await statusOf(panel, ({ state }) => state === 'open');
  expect(open.nextStep).toBeUndefined();
  expect(there.asked[0]).toMatchObject({ method: 'POST', body: '{"api_key":"k"}' });
  // For another body, nothing was approved.
  const form = latest(panel, 'form')?.form;
  if (!form) throw new Error('There is no form.');
  panel.say({ type: 'connect', form: { ...form, body: '{"api_key":"•••1","x":1}' } });
  await statusOf(panel, ({ state }) => state === 'failed');
  expect(there.asked).toHaveLength(1);
});

test('a stopped redirect isn’t retried automatically, not even on a stream that was open before', async () => {
  const bench = new InspectorBench();
  const there = await serveNoting();
  let count = 0;
  const home = await serveNoting((_, response) => {
    count += 1;
    if (count === 1) response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end('retry: 1\n\n');
    else response.writeHead(308, { Location: there.url }).end();
  });
  const panel = await bench.inspect(`curl -X GET ${home.url} -d 'token=t'`);
  const { nextStep } = await statusOf(panel, ({ state }) => state === 'failed');
  expect([nextStep?.host, count, there.asked.length]).toEqual([there.host, 2, 0]);
});

test('approving a body has no effect if no redirect was stopped', async () => {
  const bench = new InspectorBench();
  const { url, asked } = await serveNoting();
  const panel = await bench.inspect(url);
  await statusOf(panel, ({ state }) => state === 'open');
  panel.say({ type: 'nextStep', step: 'sendTo' });
  panel.say({ type: 'disconnect' });
  await statusOf(panel, ({ state }) => state === 'idle');
  expect(asked).toHaveLength(1);
});

/** Starts a server whose response follows redirects to long URLs, different each time. */
function redirectedTo(time: number): InspectionStatus {
  const redirects = Array.from({ length: 20 }, (_, hop) => ({
    status: 307,
    url: `http://a/${time}/${hop}/${'x'.repeat(4000)}`,
    withheld: ['X'.repeat(4000)],
    downgrade: false,
  }));
  return { response: { redirects } } as unknown as InspectionStatus;
}

test('endless redirects are logged in 100 lines of 500 characters, and the number of further ones', () => {
  const lines: string[] = [];
  const log = new RedirectLog({ info: (line: string) => void lines.push(line) } as unknown as Log);
  for (let time = 0; time < 50; time += 1) log.update(redirectedTo(time));
  expect(lines).toHaveLength(100);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(550);
  log.close();
  log.close();
  expect(lines.slice(100)).toEqual(['1900 more lines were not logged']);
});

test('a URL in the page’s list is truncated at 2,000 characters', () => {
  const [row] = redirectRows(redirectedTo(1));
  expect([row?.url.length, row?.notes[0]?.length]).toEqual([2001, 2001]);
});

test('a body isn’t searched again at each redirect if its secrets are known', () => {
  const target = { status: 307, location: 'http://b/', homes: [], secret: { headers: [], body: false, values: [] } };
  const body = '[{"a":"b c"},'.repeat(80_000);
  const request = { method: 'POST', url: 'http://a/', headers: [], insecure: false, body };
  const cost = (more: object) => {
    const before = process.cpuUsage();
    for (let hop = 0; hop < 5; hop += 1) redirected(request, { ...target, ...more });
    return process.cpuUsage(before).user;
  };
  expect(cost({}) * 10).toBeLessThan(cost({ secret: undefined }));
  expect(() => redirected(request, { ...target, secret: { headers: [], body: true, values: [] } })).toThrow(
    'would take a secret',
  );
});

const base64 = (text: string) => Buffer.from(text).toString('base64');

test.each([
  ['as it is', `/s/${S}`],
  ['of another name', `/s?q=${encodeURIComponent(S)}`],
  ['encoded twice', `/s?next=${encodeURIComponent(`/b?q=${encodeURIComponent(S)}`)}`],
  ['as a host', `http://S3cr3tV4lue9.example/`],
  ['in base64', `/s?state=${base64(`t=${S}`)}`],
  ['in base64, at another place', `/s/${base64(`{"t":"${S}"}`).replace(/=/g, '')}`],
  ['in base64 of addresses, encoded', `/s?state=${encodeURIComponent(base64(`tt=${S}`))}`],
  ['in hex', `/s/${Buffer.from(S).toString('hex')}`],
  ['in a fragment', `/s#x=${S}`],
  ['in what is no address', `http://[${S}`],
])('a secret that a redirect repeats %s isn’t shown', (_, location) => {
  const values = [S, `a=b; c=S3cr3tV4lue9`];
  const request = { method: 'GET', url: 'http://a/', headers: [], insecure: false };
  const target = { status: 302, location, homes: [], secret: { headers: [], body: false, values } };
  let shown = '';
  try {
    shown = redirected(request, target).redirect.url;
  } catch (error) {
    shown = String(error);
  }
  expect(shown).toContain('•••');
  const hidden = [S.slice(3), 'S3cr3tV4lue9', ...['', 't', 'tt'].map((before) => base64(before + S).slice(4, 14))];
  for (const text of hidden) expect(decodeURIComponent(shown).toLowerCase()).not.toContain(text.toLowerCase());
});

test('parts of a user’s password and of a cookie are hidden in a redirect, and short or other texts aren’t', () => {
  const values = ['user:S3cr3tV4lue9', base64('user:An0therV4lue'), 'a'];
  const request = { method: 'GET', url: 'http://a/', headers: [], insecure: false };
  const target = { status: 302, location: '/user/S3cr3tV4lue9/a/An0therV4lue', homes: [] };
  const { redirect } = redirected(request, { ...target, secret: { headers: [], body: false, values } });
  expect(redirect.url).toBe('http://a/user/•••/a/•••');
});

test('a secret that a redirect repeats is neither in the log nor in the panel’s list', async () => {
  const bench = new InspectorBench();
  const { url } = await serveNoting((request, response) => {
    if (request.url === '/s/S3cr3tV4lue9')
      response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('data: a\n\n');
    else response.writeHead(302, { Location: '/s/S3cr3tV4lue9' }).end();
  });
  const panel = await bench.inspect(`curl '${url}?ticket=S3cr3tV4lue9'`);
  await statusOf(panel, ({ state }) => state === 'open');
  await eventually(() => latest(panel, 'redirects') !== undefined);
  await eventually(() => JSON.stringify(bench.log).includes('/s/•••'));
  expect(JSON.stringify([bench.log, latest(panel, 'redirects')])).not.toContain('S3cr3t');
});

test('the failure of a redirect to a host with a secret in it is explained, with a mask', async () => {
  const bench = new InspectorBench();
  const port = await closedPort();
  const { url } = await to(302, `http://xn--deadbeef12-k7a.localhost:${port}/`);
  const panel = await bench.inspect(`curl ${url} -H 'X-Api-Key: deadbeef12'`);
  const { reason } = await statusOf(panel, ({ state }) => state === 'failed' || state === 'waiting');
  expect(reason).toContain('xn--•••-k7a.localhost');
  expect(reason).not.toContain('deadbeef12');
});

test('a fragment of the request is in no redirect, and a URL is truncated', () => {
  const request = { method: 'GET', url: `http://a/#${'x'.repeat(60_000)}`, headers: [], insecure: false };
  const target = { status: 302, homes: [] };
  const near = redirected(request, { ...target, location: '/b' });
  expect([near.redirect.url, near.request.url.length]).toEqual(['http://a/b', 60_011]);
  expect(redirected(request, { ...target, location: `/${'b'.repeat(15_000)}` }).redirect.url).toHaveLength(2001);
});

test('a long secret that a redirect repeats in part is hidden, even among others like it', () => {
  const long = Array.from({ length: 300 }, (_, index) => `${index}k`).join('');
  const values = [long, ...Array.from({ length: 150 }, (_, index) => long.slice(index))];
  const request = { method: 'GET', url: 'http://a/', headers: [], insecure: false };
  const secret = { headers: [], body: false, values };
  const shownOf = (location: string) => redirected(request, { status: 302, location, homes: [], secret }).redirect.url;
  expect(shownOf(`/s/${long}/t`)).toBe('http://a/s/•••/t');
  expect(shownOf(`/s?x=${Buffer.from(long).toString('base64')}`)).not.toContain(
    Buffer.from(long).toString('base64').slice(8, 40),
  );
});

test('many long secrets are searched for in a long redirect in milliseconds', () => {
  const values = Array.from({ length: 100 }, (_, index) => `${index}S3cr3t,`.repeat(6_000));
  const request = { method: 'GET', url: 'http://a/', headers: [], insecure: false };
  const target = { status: 302, location: `/${'1%2525S'.repeat(2_000)}`, homes: [] };
  const secret = { headers: [], body: false, values };
  expect(ownTime(() => void redirected(request, { ...target, secret }))).toBeLessThan(1000);
});
