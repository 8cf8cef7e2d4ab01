// Streams that are ill, and healthy ones that look alike, diagnosed as a person does. They wait for most of the time.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canHaveNchan } from '../../../scripts/install/nginx.mjs';
import { findingsOf } from '../../../src/analysis/findings/findings';
import { probeStream } from '../../../src/client/probe/probeStream';
import { type IllServer, serveIll } from '../../support/evidence/illServer';
import { isLong } from '../../support/random/drawn';
import { type Nginx, startNginx } from '../../support/servers/nginx';
import { inLongRun } from '../../support/time/longRun';

const LIMITS = { time: isLong ? 4000 : 2500, total: 20_000 };

let ill: IllServer;
let nginx: Nginx;

beforeAll(async () => {
  ill = await serveIll();
  if (isLong && canHaveNchan())
    nginx = await startNginx(`location / { proxy_pass ${ill.url}; proxy_http_version 1.0; }`);
});

afterAll(async () => {
  ill.close();
  await nginx?.stop();
});

/** Diagnoses a stream. Resolves with the ids of the faults that are proven or likely. */
async function faultsOf(url: string, compare?: string): Promise<string[]> {
  const request = { method: 'GET', url, headers: [], insecure: false };
  const { evidence } = await probeStream(request, { compare, limits: LIMITS });
  const faults = findingsOf(evidence).filter(({ confidence }) => /proven|likely/.test(confidence));
  return faults.map(({ confidence, id }) => `${confidence} ${id}`);
}

describe.concurrent('Diagnose', () => {
  test.each<[string, string[]]>([
    ['late-line', ['proven terminator-late']],
    ['with-length?every=200&count=60', ['proven counted-or-closed']],
    ['cut', ['proven cut-in-an-event']],
    ...inLongRun<[string, string[]]>([
      ['compressed?every=200&count=40', ['proven compressed-and-not-flushed']],
      ['late-head', ['likely head-held-back']],
      ['late-without-accept?every=100&count=80', ['proven accept-sensitive']],
      ['accept-or-406?every=100&count=80', ['proven accept-sensitive']],
      ['one-at-a-time?every=200&count=60', ['proven one-at-a-time']],
    ]),
  ])('explains /%s', async (path, expected) => {
    expect(await faultsOf(`${ill.url}/${path}`)).toEqual(expected);
  });

  test.runIf(isLong && canHaveNchan())('explains a buffer, with the address behind it', async () => {
    const path = 'ticks?every=20&count=400&size=130';
    expect(await faultsOf(`${nginx.url}${path}`, `${ill.url}/${path}`)).toContain('proven blocks-of-a-buffer');
  });

  test.runIf(isLong && canHaveNchan())('explains what is held to the end, with the address behind it', async () => {
    const path = 'ticks?every=250&count=8';
    const [held, direct] = [`${nginx.url}${path}`, `${ill.url}/${path}`];
    const faults = await Promise.all([faultsOf(held, direct), faultsOf(direct, held)]);
    expect(faults.map((found) => found.includes('proven held-to-the-end'))).toEqual([true, true]);
  });

  test.each([
    'ticks?every=250&count=40',
    'llm?early',
    'snapshot',
    'fast',
    'short',
    'counted',
    'huge',
    ...inLongRun([
      'ticks?every=1500&count=5',
      'compressed?every=200&count=40&flush',
      'llm',
      'beats',
      'comments',
      'with-close?every=200&count=20',
    ]),
  ])('finds no fault in /%s', { retry: 0 }, async (path) => {
    expect(await faultsOf(`${ill.url}/${path}`)).toEqual([]);
  });
});
