// Express with its compression, as most of those have it who ask why curl works and the browser doesn't.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import compression from 'compression';
import express, { type Response } from 'express';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { findingsOf } from '../../../src/analysis/findings/findings';
import { withProbes } from '../../support/evidence/asked';
import { readEvidence } from '../../support/evidence/readEvidence';
import { longTest } from '../../support/time/longRun';

let url: string;
let close: () => void;

/** Sends an event every 200 ms until the client leaves. @param sent called after each */
function sendEvents(response: Response, sent: () => void = () => {}): void {
  let n = 0;
  const timer = setInterval(() => {
    n += 1;
    response.write(`id: ${n}\ndata: ${n}\n\n`);
    sent();
  }, 200);
  response.on('close', () => clearInterval(timer));
}

beforeAll(async () => {
  const app = express();
  app.use(compression());
  const open = (response: Response, more: Record<string, string> = {}) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', ...more });
    response.flushHeaders();
  };
  app.get('/held', (_request, response) => {
    open(response);
    sendEvents(response);
  });
  app.get('/untransformed', (_request, response) => {
    open(response, { 'Cache-Control': 'no-cache, no-transform' });
    sendEvents(response);
  });
  app.get('/flushed', (_request, response) => {
    open(response);
    sendEvents(response, () => response.flush());
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  close = () => void server.close().closeAllConnections();
});

afterAll(() => close());

/** Returns what is found with and without a browser's compressions, beyond hints. */
async function found(path: string): Promise<string[]> {
  const request = { headers: [['Accept-Encoding', 'gzip, deflate, br']] as [string, string][] };
  const [plain, coded] = await Promise.all([
    readEvidence(`${url}${path}`, { within: 4000 }),
    readEvidence(`${url}${path}`, { within: 4000, request }),
  ]);
  const evidence = withProbes(plain, ['identity', plain], ['browser', coded]);
  return findingsOf(evidence)
    .filter(({ id }) => id.startsWith('compressed'))
    .map(({ confidence, id }) => `${confidence} ${id}`);
}

describe.concurrent('Express with compression', () => {
  longTest('holds events back in its compressor', async () => {
    expect(await found('held')).toEqual(['proven compressed-and-not-flushed']);
  });

  longTest('leaves a stream alone that says no-transform', async () => {
    expect(await found('untransformed')).toEqual([]);
  });

  longTest('passes events on that the app flushes', async () => {
    expect(await found('flushed')).toEqual(['information compressed-and-flushed']);
  });
});
