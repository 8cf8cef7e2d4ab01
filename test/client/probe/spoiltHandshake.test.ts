import { expect, test } from 'vitest';
import { http2Probe } from '../../../src/client/probe/http2Probe';
import { uncaught } from '../../support/programs/uncaught';
import { HANDSHAKE, serveSpoilt } from '../../support/servers/spoiltServer';

test.each([['http/1.1'], ['h2']])('what is no TLS, behind a handshake for %s, ends no process', async (protocol) => {
  const errors = uncaught();
  const { host, sockets } = await serveSpoilt(HANDSHAKE, { protocol });
  const request = { method: 'GET', url: `https://${host}/`, headers: [], insecure: true };
  const { http2 } = await http2Probe(request, { signal: new AbortController().signal }, 5000, 0);
  expect(http2?.alpn).toBe(protocol);
  await expect.poll(() => sockets.size).toBe(0);
  expect(errors).toEqual([]);
});
