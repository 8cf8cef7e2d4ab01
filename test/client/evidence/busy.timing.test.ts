// Healthy streams, read by a process that is busy: it sees late and together what came in time, and must not blame the server.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { findingsOf } from '../../../src/analysis/findings/findings';
import { readEvidence } from '../../support/evidence/readEvidence';
import { program } from '../../support/programs/program';

/** Starts a server in a process of its own, until the test is over. Resolves with its URL. */
async function startServer(): Promise<string> {
  const server = spawn(process.execPath, [program('illProcess')], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void server.kill());
  const [line] = await once(server.stdout.setEncoding('utf8'), 'data');
  return String(line).trim();
}

/** Healthy streams: one with many events a second, in chunks as large as a buffer's; a compressed one; and two that end soon. */
const PATHS = [
  'ticks?every=100&count=30',
  'ticks?every=20&count=150&size=1024',
  'compressed?every=100&count=30&flush',
  'ticks?every=60&count=25',
  'llm?early',
];

test('a process that is blocked again and again finds no fault in what it reads', async () => {
  const url = await startServer();
  const blocking = setInterval(() => {
    const until = performance.now() + 1300;
    while (performance.now() < until);
  }, 1400);
  onTestFinished(() => clearInterval(blocking));
  const request = { headers: [['Accept-Encoding', 'gzip']] as [string, string][] };
  const evidence = await Promise.all(PATHS.map((path) => readEvidence(`${url}/${path}`, { request })));
  expect(evidence.map(({ stalls }) => stalls.length)).not.toContain(0);
  const faults = evidence.flatMap(findingsOf).filter(({ confidence }) => /proven|likely/.test(confidence));
  expect(faults).toEqual([]);
});
