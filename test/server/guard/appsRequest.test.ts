// Apps send a mock the same requests as their own server: with parameters, headers and credentials unknown to the mock.
import { expect, test } from 'vitest';
import { RequestGuard } from '../../../src/server/guard/requestGuard';
import { serveScript } from '../../support/mock/scriptServer';
import { ask, openStream, startServer } from '../../support/servers/testServer';

const ORIGIN = 'http://localhost:5173';
const FILE = 'id: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 数\ndata: c\n\n:@ end\n';
const ALL = FILE.replace(':@ end\n', '');

test.each([
  'user=7',
  'channel=7&token=…&channel=8',
  'datastar=%7B%22a%22%3A1%7D',
  '%',
  '=&&==&a',
  'interval=10&from=x',
  'Speed=0',
  'id=3&event=x',
  'panel=secret.1',
])('the app’s own query, ?%s, is ignored: the file is played', async (query) => {
  const { stream } = await serveScript(FILE);
  expect(await (await openStream(`${stream}?${encodeURI(query).replaceAll('%25', '%')}`)).whole).toBe(ALL);
});

test('the query of an app doesn’t hide the speed', async () => {
  const { stream } = await serveScript('data: a\n\n:@ wait 10s\ndata: b\n\n:@ end\n');
  const started = performance.now();
  await (await openStream(`${stream}?user=7&speed=1000&token=x`)).whole;
  expect(performance.now() - started).toBeLessThan(5000);
});

test.each([
  'lastEventId=1',
  'lastEventID=1',
  'Last-Event-ID=1',
  'last_event_id=1',
  'evs_preamble=2056&evs_last_event_id=1',
  'topic=orders&lastEventID=1&speed=10',
  'lastEventId=0&lastEventId=1',
  'lastEventId=%31',
])(
  'a client that sends its last id in the query, ?%s, as polyfills and Mercure do, resumes after it',
  async (query) => {
    const { stream } = await serveScript(FILE);
    expect(await (await openStream(`${stream}?${query}`)).whole).toBe('id: 2\ndata: b\n\nid: 数\ndata: c\n\n');
  },
);

test('an id in the query is percent-encoded UTF-8; an unknown or empty one is ignored', async () => {
  const { stream } = await serveScript(FILE);
  const streamOf = async (query: string) => (await ask(`${stream}?${query}`)).status;
  expect(await streamOf(`lastEventId=${encodeURIComponent('数')}`)).toBe(204);
  for (const query of ['lastEventId=', 'lastEventId', 'lastEventId=other', 'lastEventId=%E6%95', 'mylastEventId=1'])
    expect(await (await openStream(`${stream}?${query}`)).whole, query).toBe(ALL);
});

test('the header overrides the query, as it is newer; an empty header doesn’t', async () => {
  const { stream } = await serveScript(FILE);
  const open = (id: string) => openStream(`${stream}?lastEventID=1`, { headers: { 'Last-Event-ID': id } });
  expect(await (await open('2')).whole).toBe('id: 数\ndata: c\n\n');
  expect(await (await open('')).whole).toBe('id: 2\ndata: b\n\nid: 数\ndata: c\n\n');
});

test('the counter resumes after an id in the query, too, and stays strict with all other parameters', async () => {
  const { url } = await startServer();
  const { whole } = await openStream(`${url}event?interval=10&limit=3&id=1&lastEventId=2`);
  expect(await whole).toBe('id: 3\ndata: 3\n\n');
  expect((await ask(`${url}event?user=7`)).status).toBe(400);
});

async function serveForPages(file: string) {
  const { source } = await serveScript(file);
  const { url } = await startServer({ source, guard: new RequestGuard([ORIGIN]) });
  return `${url}event`;
}

test.each(['GET', 'POST'])(
  'a page of an allowed origin may send any header, and credentials, to a %s mock',
  async (method) => {
    const stream = await serveForPages(`:@ method ${method}\n${FILE}`);
    const wanted = 'authorization,content-type,last-event-id,x-csrf-token';
    const preflight = await ask(stream, {
      method: 'OPTIONS',
      headers: { 'origin': ORIGIN, 'access-control-request-method': method, 'access-control-request-headers': wanted },
    });
    expect(preflight).toMatchObject({
      status: 204,
      headers: {
        'access-control-allow-origin': ORIGIN,
        'access-control-allow-credentials': 'true',
        'access-control-allow-headers': wanted,
        'access-control-allow-methods': expect.stringContaining(method),
      },
    });
    const headers = { origin: ORIGIN, authorization: 'Bearer x', cookie: 'a=b' };
    const { response, whole } = await openStream(stream, { method, headers });
    expect(response.headers).toMatchObject({
      'access-control-allow-origin': ORIGIN,
      'access-control-allow-credentials': 'true',
    });
    expect(await whole).toBe(ALL);
  },
);

test('a page of an allowed origin may read Retry-After, also of a refusal; other pages may not', async () => {
  const stream = await serveForPages(':@ status 503 retry-after 7\ndata: a\n\n');
  await ask(stream, { method: 'HEAD' });
  const refused = await ask(stream, { headers: { origin: ORIGIN } });
  expect(refused).toMatchObject({
    status: 503,
    headers: { 'retry-after': '7', 'access-control-expose-headers': expect.stringContaining('Retry-After') },
  });
  const foreign = await ask(stream, { headers: { origin: 'http://evil.example' } });
  expect(foreign.status).toBe(403);
  expect(Object.keys(foreign.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
});

test('a malformed list of headers isn’t echoed', async () => {
  const stream = await serveForPages(FILE);
  for (const wanted of ['a b', 'a,,b', 'a:b', 'é', '*/*']) {
    const headers = {
      'origin': ORIGIN,
      'access-control-request-method': 'GET',
      'access-control-request-headers': wanted,
    };
    const { headers: answer } = await ask(stream, { method: 'OPTIONS', headers });
    expect(answer['access-control-allow-headers'], wanted).toBe('Cache-Control, Last-Event-ID');
  }
});
