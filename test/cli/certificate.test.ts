// For whom a server's certificate has to be. That of these servers is for `localhost` alone, and trusted by the process.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { runCommand } from '../support/programs/commandLine';
import { startProxy } from '../support/servers/proxyServer';

const TRUST = { NODE_EXTRA_CA_CERTS: 'test/support/servers/localhost.pem', NO_PROXY: '' };

/** Starts a server of a stream. Resolves with its port, and the values of `Authorization` that it gets. */
async function startStream(): Promise<{ port: number; credentials: (string | undefined)[] }> {
  const credentials: (string | undefined)[] = [];
  const [key, cert] = ['key', 'pem'].map((end) => readFileSync(`test/support/servers/localhost.${end}`));
  const server = createServer({ key, cert }, ({ headers }, response) => {
    credentials.push(headers.authorization);
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end('data: a\n\n');
  });
  onTestFinished(() => void server.close());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { port: (server.address() as AddressInfo).port, credentials };
}

async function read(url: string, env: Record<string, string> = {}, ...more: string[]): Promise<string> {
  const { stderr } = await runCommand(['read', url, '-H', 'Authorization: Bearer t0ps3cret', ...more], {
    ...TRUST,
    ...env,
  });
  return stderr;
}

test('the certificate is for the host of the URL, not for that of a Host header', async () => {
  const { port, credentials } = await startStream();
  expect(await read(`https://127.0.0.1:${port}/`, {}, '-H', 'Host: localhost')).toMatch(
    /^The certificate of 127.0.0.1/,
  );
  expect(credentials).toEqual([]);
  expect(await read(`https://localhost:${port}/`, {}, '-H', 'Host: other.example')).toBe('');
  expect(credentials).toEqual(['Bearer t0ps3cret']);
});

test('through a tunnel, the certificate of an IP address is for that', async () => {
  const [{ port, credentials }, proxy] = [await startStream(), await startProxy()];
  const env = { HTTPS_PROXY: `http://${proxy.host.replace('127.0.0.1', 'localhost')}` };
  expect(await read(`https://127.0.0.1:${port}/`, env)).toMatch(/^The certificate of 127.0.0.1/);
  expect(credentials).toEqual([]);
  expect(await read(`https://localhost:${port}/`, env)).toBe('');
});

test('the certificate of a proxy is for the proxy, not for the server that it is to reach', async () => {
  const [{ port }, proxy] = [await startStream(), await startProxy(undefined, true)];
  const url = `https://localhost:${port}/`;
  expect(await read(url, { HTTPS_PROXY: `https://me:t0ps3cret@${proxy.host}` })).toMatch(
    /^The proxy 127.0.0.1:\d+ can’t be reached/,
  );
  expect(proxy.credentials).toEqual([]);
  const named = proxy.host.replace('127.0.0.1', 'localhost');
  // Its server has no certificate for this name, which the proxy finds on this machine.
  const reason = await read(url.replace('localhost', 'stream.example'), {
    HTTPS_PROXY: `https://me:t0ps3cret@${named}`,
  });
  expect(reason).toMatch(/^The certificate of stream.example/);
  expect(proxy.asked).toEqual([`CONNECT stream.example:${port}`]);
});
