// Streams of real servers that are cut, or will be. They wait for nearly all of the time, so they are read together.
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canHaveNchan } from '../../../scripts/install/nginx.mjs';
import type { Evidence } from '../../../src/analysis/evidence/evidence';
import { CUT_RULES } from '../../../src/analysis/findings/cut/cutRules';
import { withProbes } from '../../support/evidence/asked';
import { type IllServer, serveIll } from '../../support/evidence/illServer';
import { type ReadEvidenceOptions, readEvidence } from '../../support/evidence/readEvidence';
import { type Nginx, startNginx } from '../../support/servers/nginx';
import { longTest } from '../../support/time/longRun';

let ill: IllServer;
let nginx: Nginx;

beforeAll(async () => {
  ill = await serveIll();
  if (!canHaveNchan()) return;
  nginx = await startNginx(`location / { proxy_pass ${ill.url}; proxy_buffering off; proxy_read_timeout 5200ms; }`);
});

afterAll(async () => {
  ill.close();
  await nginx?.stop();
});

const read = (path: string, options?: ReadEvidenceOptions) =>
  readEvidence(`${ill.url}/${path}`, { within: 40_000, ...options });

/** Returns what is found of cuts, as `confidence id`. */
function found(evidence: Evidence): string[] {
  return CUT_RULES.flatMap((rule) => rule(evidence) ?? []).map(({ confidence, id }) => `${confidence} ${id}`);
}

/** Whether so many connections have ended. */
const ended = (count: number) => (evidence: Evidence) =>
  evidence.connections.filter(({ end }) => end !== undefined).length >= count;

describe.concurrent('a stream', () => {
  test.runIf(canHaveNchan())('is cut by nginx when it is silent', async () => {
    const evidence = await readEvidence(`${nginx.url}silent`, { reconnect: true, until: ended(2) });
    // A busy machine may bring the ages so near to each other that they prove nothing.
    expect(found(evidence)).toEqual([
      expect.stringMatching(/^(proven|likely) idle-limit$/),
      'information cut-in-an-event',
    ]);
    const [first] = evidence.connections;
    expect(found({ ...evidence, connections: first ? [first] : [] })).toEqual([
      'hint idle-limit',
      'information cut-in-an-event',
    ]);
  });

  test.runIf(canHaveNchan())('isn’t cut by nginx while heartbeats come', async () => {
    const evidence = await readEvidence(`${nginx.url}comments?every=2000`, { within: 12_000 });
    expect(evidence.connections[0]?.end?.cause).toBe('left');
    expect(found(evidence)).toEqual([]);
  });

  test('is cut at an age, though events come', async () => {
    // On a busy machine two ages may differ too much to prove anything; a third agrees with one of them.
    const until = (evidence: Evidence) => ended(2)(evidence) && found(evidence).includes('proven age-limit');
    const evidence = await read('limited-age', { reconnect: true, until });
    expect(found(evidence)).toEqual(['proven age-limit', 'information cut-in-an-event']);
  });

  test('is cut in the middle of an event', async () => {
    expect(found(await read('cut'))).toEqual(['proven cut-in-an-event']);
  });

  longTest('has heartbeats that a page can’t see', async () => {
    expect(found(await read('comments', { within: 21_500 }))).toEqual(['information heartbeat-unseen']);
  });

  longTest('is deaf, while a second one hears', async () => {
    const reading = read('deaf', { within: 20_000 });
    await delay(16_000);
    const second = await read('deaf', { within: 3500 });
    const main = await reading;
    expect(found(withProbes(main, ['second', second]))).toEqual(['proven deaf']);
  });

  longTest('isn’t deaf if each connection is told the same', async () => {
    const path = 'ticks?every=400&count=9';
    const reading = read(`${path}&open`, { within: 20_000 });
    await delay(15_500);
    const second = await read(path);
    expect(found(withProbes(await reading, ['second', second]))).toEqual([]);
  });

  test('has a length, or neither a length nor chunks', async () => {
    const [counted, closed] = await Promise.all([read('with-length', { within: 1500 }), read('with-close')]);
    expect([found(counted), found(closed)]).toEqual([['proven counted-or-closed'], ['hint counted-or-closed']]);
  });

  test.each([
    ['ends by itself', 'ticks?every=400&count=9'],
    ['is a short answer', 'short'],
    ['is a short answer with a length', 'counted'],
    ['sends 1,000 events a second', 'fast'],
    ['thinks before it answers', 'llm'],
    ['sends one huge event', 'huge'],
    ['sends nothing but heartbeats', 'beats'],
  ])('is healthy: it %s', async (_, path) => {
    expect(found(await read(path))).toEqual([]);
  });

  test('is healthy, and comes again and again', async () => {
    const evidence = await read('ticks?every=500&count=11', { reconnect: true, until: ended(2) });
    expect(found(evidence)).toEqual([]);
  });
});
