// Servers and proxies that speak TLS, and send something else behind the message with which they leave HTTP.
import { expect, test, vi } from 'vitest';
import { environmentProxy } from '../../../src/client/http/proxy/environmentProxy';
import { sendRequest } from '../../../src/client/http/sendRequest';
import { uncaught } from '../../support/programs/uncaught';
import { setProxies } from '../../support/servers/proxyServer';
import { HANDSHAKE, serveSpoilt } from '../../support/servers/spoiltServer';

/** Makes a request. Rejects as it does. */
function ask(url: string) {
  const request = { method: 'GET', url, headers: [], insecure: true };
  return sendRequest(request, new AbortController().signal, { proxyFor: environmentProxy });
}

test('what is no TLS, behind a switch of protocols, ends no process', async () => {
  const errors = uncaught();
  const answer = 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n';
  const { host, sockets } = await serveSpoilt(HANDSHAKE + 1, { answer });
  await expect(ask(`https://${host}/`)).rejects.toMatchObject({ code: 'ERR_HTTP_UPGRADE' });
  await expect.poll(() => sockets.size).toBe(0);
  expect(errors).toEqual([]);
});

test.each([
  ['refusal', 'HTTP/1.1 407 Proxy Authentication Required\r\n\r\n', 'answered 407'],
  ['hasty tunnel', 'HTTP/1.1 200 OK\r\n\r\nleft over', 'EPROTO'],
])('nor does it behind a proxy’s %s', async (_, answer, reason) => {
  const errors = uncaught();
  const { host, sockets } = await serveSpoilt(HANDSHAKE + 1, { answer });
  setProxies({ HTTPS_PROXY: `https://${host}` });
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  await expect(ask('https://events.example/')).rejects.toThrow(reason);
  await expect.poll(() => sockets.size).toBe(0);
  expect(errors).toEqual([]);
});
