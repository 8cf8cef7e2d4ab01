// Findings that only probes can prove, with servers that are ill in one way, and their healthy twins. They wait for nearly all
// of the time, so they are asked together.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { constants, createGzip } from 'node:zlib';
import { expect, type TestContext, test } from 'vitest';
import type { DiagnoseOptions } from '../../../src/api/diagnosis/diagnosis';
import { requestDiagnosis } from '../../../src/api/diagnosis/requestDiagnosis';
import { readyRequest } from '../../../src/api/reading/readyRequest';
import type { RequestLocation } from '../../../src/api/reading/streamEvent';
import { serveProbes } from '../../support/servers/probedServer';
import { type Answer, oneAtATime } from '../../support/servers/streamServer';

const HEAD = { 'Content-Type': 'text/event-stream', 'Access-Control-Allow-Origin': '*', 'Cache-Control': 'no-store' };
/** A diagnosis says nothing of times at which this process itself was stalled, as on a busy machine. */
const PATIENCE = { retry: 2 };
/** Shorter than those of a person's diagnosis, but long enough for each rule. */
const LIMITS = { time: 2000, total: 30_000, wait: 1000 };

async function diagnose(location: RequestLocation, options: DiagnoseOptions = {}, limits = LIMITS) {
  const { findings } = await requestDiagnosis(await readyRequest(location), options, limits);
  return findings.map(({ id, confidence }) => `${id} ${confidence}`);
}

/** Writes an event ten times a second, from the one behind `Last-Event-ID` on. */
function tick(response: ServerResponse, request: IncomingMessage, write: (event: string) => void): void {
  let number = Number(request.headers['last-event-id'] ?? 0);
  const next = () => {
    number += 1;
    write(`id: ${number}\ndata: {"n":${number}}\n\n`);
  };
  next();
  const timer = setInterval(next, 100);
  response.once('close', () => clearInterval(timer));
}

function sure(findings: string[]): string[] {
  return findings.filter((finding) => /(?:proven|likely)$/.test(finding));
}

/** Starts a server that compresses for clients that accept it. */
function serveGzip(isFlushed: boolean, whenFinished: TestContext['onTestFinished']) {
  return serveProbes((response, request) => {
    const isCoded = /gzip/.test(String(request.headers['accept-encoding']));
    response.writeHead(200, { ...HEAD, ...(isCoded && { 'Content-Encoding': 'gzip' }) });
    const gzip = createGzip(isFlushed ? { flush: constants.Z_SYNC_FLUSH } : {});
    if (isCoded) gzip.pipe(response);
    tick(response, request, (event) => void (isCoded ? gzip : response).write(event));
  }, whenFinished);
}

test.concurrent(
  'a compressor that is not flushed is proven; one that is, is healthy',
  PATIENCE,
  async ({ onTestFinished }) => {
    const [ill, healthy] = [await serveGzip(false, onTestFinished), await serveGzip(true, onTestFinished)];
    const found = await Promise.all([diagnose(ill.url), diagnose(healthy.url)]);
    expect(found.map(sure)).toEqual([['compressed-and-not-flushed proven'], []]);
  },
);

test.concurrent(
  'a server that answers one at a time is proven; it is not if there may be no second request',
  PATIENCE,
  async ({ onTestFinished }) => {
    const answer: Answer = (response, request) => {
      response.writeHead(200, HEAD);
      tick(response, request, (event) => void response.write(event));
    };
    const server = await serveProbes(oneAtATime(answer), onTestFinished);
    const patient = { ...LIMITS, time: 4000, wait: 3100 };
    expect(sure(await diagnose(server.url, {}, patient))).toEqual(['one-at-a-time proven']);
    expect(sure(await diagnose(server.url, { second: false }))).toEqual([]);
  },
);

test.concurrent(
  'an event stream that needs its cookie is proven from another origin only',
  PATIENCE,
  async ({ onTestFinished }) => {
    const server = await serveProbes((response, request) => {
      if (request.headers.cookie === undefined) return void response.writeHead(401, HEAD).end();
      response.writeHead(200, {
        ...HEAD,
        'Access-Control-Allow-Origin': 'http://localhost:5173',
        'Access-Control-Allow-Credentials': 'true',
        'Vary': 'Origin',
      });
      tick(response, request, (event) => void response.write(event));
    }, onTestFinished);
    const request = { url: server.url, headers: { Cookie: 'session=12345678' } };
    expect(await diagnose(request, { origin: 'http://localhost:5173' })).toContain('needs-its-cookie proven');
    expect(sure(await diagnose(request))).toEqual([]);
  },
);

test.concurrent('a stream that does not go on behind an event is proven', PATIENCE, async ({ onTestFinished }) => {
  const server = await serveProbes((response, request) => {
    response.writeHead(200, HEAD);
    delete request.headers['last-event-id'];
    tick(response, request, (event) => void response.write(event));
  }, onTestFinished);
  expect(sure(await diagnose(server.url))).toEqual(['resume-ignored proven']);
});

test.concurrent(
  'a proxy that keeps events to the end is proven by the address behind it',
  PATIENCE,
  async ({ onTestFinished }) => {
    const events = Array.from({ length: 8 }, (_, index) => `data: ${index}\n\n`);
    const proxy = await serveProbes((response) => {
      const timer = setTimeout(() => response.writeHead(200, HEAD).end(events.join('')), 1500);
      response.once('close', () => clearTimeout(timer));
    }, onTestFinished);
    const direct = await serveProbes((response) => {
      response.writeHead(200, HEAD).flushHeaders();
      const left = [...events];
      const timer = setInterval(() => {
        const event = left.shift();
        if (event === undefined) response.end();
        else response.write(event);
      }, 180);
      response.once('close', () => clearInterval(timer));
    }, onTestFinished);
    const [held, healthy] = await Promise.all([diagnose(proxy.url, { compare: direct.url }), diagnose(direct.url)]);
    expect(held).toContain('held-to-the-end proven');
    expect(sure(healthy)).toEqual([]);
  },
);
