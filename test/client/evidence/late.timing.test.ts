// Streams of real servers that are late, and healthy ones that look alike. They wait for most of the time, so they are read together.
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canHaveNchan } from '../../../scripts/install/nginx.mjs';
import type { Evidence } from '../../../src/analysis/evidence/evidence';
import { findingsOf } from '../../../src/analysis/findings/findings';
import { withProbes } from '../../support/evidence/asked';
import { type IllServer, serveIll } from '../../support/evidence/illServer';
import { type ReadEvidenceOptions, readEvidence } from '../../support/evidence/readEvidence';
import { type Nginx, startNginx } from '../../support/servers/nginx';
import { longTest } from '../../support/time/longRun';

const IDS = [
  'compressed-and-not-flushed',
  'held-to-the-end',
  'blocks-of-a-buffer',
  'head-held-back',
  'one-at-a-time',
  'compressed-and-flushed',
  'terminator-late',
  'accept-sensitive',
  'cached',
  'the-way',
];

let ill: IllServer;
let nginx: Nginx;

beforeAll(async () => {
  ill = await serveIll();
  if (!canHaveNchan()) return;
  const proxied = (path: string, ...lines: string[]) =>
    `location /${path}/ { proxy_pass ${ill.url}/; proxy_http_version 1.0; ${lines.join(' ')} }`;
  const gzip = 'gzip on; gzip_types text/event-stream; gzip_min_length 0; gzip_proxied any;';
  const told = 'add_header X-Cache-Status $upstream_cache_status;';
  nginx = await startNginx(
    [
      proxied('http10'),
      proxied('http11', 'proxy_http_version 1.1;', 'proxy_set_header Connection "";').replace(
        'proxy_http_version 1.0;',
        '',
      ),
      proxied('unbuffered', 'proxy_buffering off;'),
      proxied('gzip', gzip),
      proxied('flushed-gzip', gzip, 'proxy_buffering off;'),
      proxied('stored', 'proxy_cache stored;', 'proxy_cache_valid 1m;', 'proxy_ignore_headers Cache-Control;', told),
    ].join('\n'),
    'proxy_cache_path stored keys_zone=stored:1m;',
  );
});

afterAll(async () => {
  ill.close();
  await nginx?.stop();
});

const asked = (name: string, value: string): ReadEvidenceOptions => ({ request: { headers: [[name, value]] } });
const browser = asked('Accept-Encoding', 'gzip, deflate, br, zstd');
const read = (path: string, options?: ReadEvidenceOptions) => readEvidence(`${ill.url}/${path}`, options);
const readByNginx = (path: string, options?: ReadEvidenceOptions) => readEvidence(`${nginx.url}${path}`, options);

/** Returns what is found of lateness, as `confidence id`. */
function late(evidence: Evidence): string[] {
  return findingsOf(evidence)
    .filter(({ id }) => IDS.includes(id))
    .map(({ confidence, id }) => `${confidence} ${id}`);
}

/** Ends a reading when so many milliseconds are over. */
const after = (milliseconds: number) => ({ within: milliseconds });

describe.concurrent('a real server', () => {
  longTest.each([
    ['gzip', 10],
    ['deflate', 2],
    ['br', 0],
  ])('compresses by %s and doesn’t flush', async (coding, bytes) => {
    const path = 'compressed?every=250&count=20';
    const [main, held] = await Promise.all([
      read(path),
      read(path, { ...asked('Accept-Encoding', coding), ...after(3500) }),
    ]);
    const evidence = withProbes(main, ['browser', held]);
    expect(late(evidence)).toEqual(['proven compressed-and-not-flushed']);
    expect(findingsOf(evidence)[0]?.values).toMatchObject({ encoding: coding, bytes });
  });

  test('compresses, and sends all when the stream ends', async () => {
    const found = late(await read('compressed?every=250&count=8', asked('Accept-Encoding', 'gzip')));
    expect(found).toEqual(['likely compressed-and-not-flushed', 'hint held-to-the-end']);
  });

  test.each(['gzip', 'deflate', 'br'])('compresses by %s and flushes', async (coding) => {
    // As many as that a busy machine may decode one or two of them late.
    const path = 'compressed?every=200&count=24&flush';
    const [main, flushed] = await Promise.all([read(path), read(path, asked('Accept-Encoding', coding))]);
    expect(late(withProbes(main, ['browser', flushed]))).toEqual(['information compressed-and-flushed']);
  });

  test('sends its head with the first event, though it answers HEAD at once', async () => {
    const [main, head] = await Promise.all([read('late-head'), read('late-head', { request: { method: 'HEAD' } })]);
    expect([late(main), late(withProbes(main, ['head', head]))]).toEqual([
      ['hint head-held-back'],
      ['likely head-held-back'],
    ]);
  });

  test('writes each blank line with the next event', async () => {
    const evidence = await read('late-line', after(4000));
    expect(late(evidence)).toEqual(['proven terminator-late']);
    expect(findingsOf(evidence)[0]?.variant).toBeUndefined();
  });

  longTest('is late, or another, without an Accept of event streams', async () => {
    const any = asked('Accept', '*/*');
    const path = 'late-without-accept?count=3';
    const [main = never(), ...again] = await Promise.all([read(path), read(path), read(path)]);
    const others = await Promise.all([read(path, any), read(path, any), read(path, any)]);
    const tries = [...again.map((one) => ['again', one] as const), ...others.map((one) => ['anyType', one] as const)];
    expect(late(withProbes(main, ...tries.map(([kind, one]): [typeof kind, Evidence] => [kind, one])))).toEqual([
      'proven accept-sensitive',
    ]);
    const [first, refused] = await Promise.all([read('accept-or-406?count=3'), read('accept-or-406', any)]);
    expect(late(withProbes(first, ['anyType', refused]))).toEqual(['proven accept-sensitive']);
  });

  longTest('answers one request at a time', async () => {
    const path = 'one-at-a-time?every=200&count=60';
    const began = performance.now();
    const reading = read(path, after(4000));
    const second = read(path, { until: ({ connections }) => connections[0]?.head !== undefined });
    const main = await reading;
    const firstClosedAt = performance.now() - began;
    expect(late(withProbes(main, ['second', await second, { firstClosedAt }]))).toEqual(['proven one-at-a-time']);
  });

  test.each([
    ['thinks before it answers, with its head at once', 'llm?early', []],
    ['thinks before it answers, with its head in the end', 'llm', ['hint head-held-back']],
    ['sends a snapshot first', 'snapshot', []],
    ['sends an event now and then', 'ticks?every=700&count=4', []],
    ['sends 1,000 events a second', 'fast', []],
    ['gives a short answer in one go', 'short', []],
    ['sends one huge event', 'huge', []],
    ['sends nothing but heartbeats', 'beats', []],
  ])('%s', async (_, path, expected) => {
    const [plain, compressed] = await Promise.all([read(path), read(path, browser)]);
    expect(late(withProbes(plain, ['browser', compressed]))).toEqual(expected);
  });
});

describe.runIf(canHaveNchan()).concurrent('nginx', () => {
  test('fills a buffer if its upstream has HTTP/1.0', async () => {
    const path = 'ticks?every=20&count=180&size=130';
    const [main, direct] = await Promise.all([readByNginx(`http10/${path}`), read(path)]);
    const blocks = findingsOf(main).find(({ id }) => id === 'blocks-of-a-buffer');
    expect(blocks).toMatchObject({ confidence: 'likely', values: { size: 4096 } });
    expect(late(withProbes(main, ['other', direct]))).toContain('proven blocks-of-a-buffer');
  });

  test('keeps a few events until the end if its upstream has HTTP/1.0', async () => {
    const path = 'http10/ticks?every=250&count=8';
    const [plain, timed] = await Promise.all([readByNginx(path), readByNginx(`${path}&timed`)]);
    expect([late(plain), late(timed)]).toEqual([
      ['hint held-to-the-end', 'information the-way'],
      ['proven held-to-the-end', 'information the-way'],
    ]);
  });

  test('keeps all until the end if it compresses and buffers', async () => {
    const found = late(await readByNginx('gzip/ticks?every=250&count=8&timed', browser));
    expect(found).toEqual(['proven held-to-the-end', 'information the-way']);
  });

  test.each([
    ['asks its upstream by HTTP/1.1', 'http11/ticks?every=20&count=100&size=130'],
    ['has no buffer', 'unbuffered/ticks?every=20&count=100&size=130'],
    ['is told not to buffer', 'http10/ticks?every=20&count=100&size=130&accel=no'],
  ])('passes each event on if it %s', async (_, path) => {
    expect(late(await readByNginx(path))).toEqual(['information the-way']);
  });

  test('gives a stored answer, with the times of the first one', async () => {
    const path = 'stored/ticks?every=50&count=4&timed';
    const fresh = await readByNginx(path);
    const main = await readByNginx(path);
    await delay(2000);
    const again = await readByNginx(path);
    const aWhileLater = { ...main, now: main.now + 2000 };
    expect([late(fresh), late(aWhileLater), late(withProbes(aWhileLater, ['again', again]))]).toEqual([
      [],
      ['likely cached', 'information the-way'],
      ['proven cached', 'information the-way'],
    ]);
  });

  test('flushes its gzip if it doesn’t buffer', async () => {
    const found = late(await readByNginx('flushed-gzip/ticks?every=250&count=8', browser));
    expect(found).toEqual(['information compressed-and-flushed', 'information the-way']);
  });
});

function never(): never {
  throw new Error('There is a first.');
}
