// Servers of others are healthy: nothing is said against them, however busy the machine is.
import { spawn } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { findingsOf } from '../../../src/analysis/findings/findings';
import { readEvidence } from '../../support/evidence/readEvidence';
import { isLong } from '../../support/random/drawn';
import { startBetterSse, startHono } from '../../support/servers/foreignServers';
import { newServer } from '../../support/servers/newServer';
import { startNginx } from '../../support/servers/nginx';

/** Number of times that each is read, one after the other; in the long run as often as its issue asks for. */
const RUNS = isLong ? 20 : 1;
/** Time for which each is read, in milliseconds. */
const READ_FOR = 2500;
/** Cores that other programs keep at work meanwhile. */
const BUSY = 2;

function keepCoresBusy(): void {
  for (let core = 0; core < BUSY; core += 1) {
    const hog = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
    onTestFinished(() => void hog.kill());
  }
}

/** Starts an nginx with nchan, and publishes ten events a second. Resolves with the address of its stream. */
async function startNchan(): Promise<string> {
  const nginx = await startNginx(`
    nchan_subscriber_first_message oldest;
    location = /publish { nchan_channel_id test; nchan_publisher; }
    location = /subscribe { nchan_channel_id test; nchan_subscriber eventsource; }`);
  let n = 0;
  const timer = setInterval(() => {
    n += 1;
    fetch(`${nginx.url}publish`, { method: 'POST', body: `message ${n}` }).catch(() => clearInterval(timer));
  }, 100);
  onTestFinished(() => {
    clearInterval(timer);
    return nginx.stop();
  });
  return `${nginx.url}subscribe`;
}

test(`in runs of all, ${RUNS} in number, with both cores at work: no more than hints and information`, async () => {
  const counter = newServer();
  onTestFinished(() => counter.close());
  const { url } = await counter.listen(0);
  const urls = [
    ...[await startHono(), await startHono(100), await startBetterSse(), await startBetterSse(100)],
    ...[await startNchan(), `${url}event`, `${url}event?interval=10&limit=100`],
  ];
  keepCoresBusy();
  const faults: string[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const read = await Promise.all(urls.map((address) => readEvidence(address, { within: READ_FOR, reconnect: true })));
    for (const [index, evidence] of read.entries())
      for (const { id, confidence } of findingsOf(evidence))
        if (confidence === 'proven' || confidence === 'likely') faults.push(`${urls[index]}: ${id}`);
  }
  expect(faults).toEqual([]);
}, 240_000);
