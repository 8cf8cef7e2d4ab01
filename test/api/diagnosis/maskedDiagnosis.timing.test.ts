// A server can make a diagnosis's evidence large, and slow to search for the secrets that it has sent back.
import { expect, test } from 'vitest';
import { requestDiagnosis } from '../../../src/api/diagnosis/requestDiagnosis';
import { readyRequest } from '../../../src/api/reading/readyRequest';
import { serveRaw } from '../../support/servers/rawServer';
import { leastOf } from '../../support/time/leastOf';
import { longestGo } from '../../support/time/longestGo';

test('the evidence of a diagnosis is searched for secrets in turns: the process has others to serve', async () => {
  // Each can be decoded in a dozen ways.
  const headers = Array.from({ length: 200 }, (_, n) => `X-${n}: ${'%2525\\u0041&amp;'.repeat(60)}\r\n`).join('');
  const { url } = await serveRaw((socket) =>
    socket.end(`HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n${headers}\r\ndata: sesame-Open-123\n\n`),
  );
  const request = await readyRequest({ url, headers: { Authorization: 'Bearer sesame-Open-123' } });
  // A turn of 10 ms, what reads a head, and a garbage collection; at one go it took 0.6 s, or 1.5 s with long bodies.
  expect(await leastOf(60, () => longestGo(requestDiagnosis(request, {}, { wait: 200 })))).toBeLessThan(60);
});
