// The proxy that the environment names, as processes find it.
import { expect, test } from 'vitest';
import { serveScript } from '../support/mock/scriptServer';
import { runCommand } from '../support/programs/commandLine';
import { startProxy } from '../support/servers/proxyServer';
import { serveRaw } from '../support/servers/rawServer';

test('requests go through the proxy of the environment, whose password is in no message', async () => {
  const { url: own } = await serveRaw('HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\ndata: a\n\n');
  const proxy = await startProxy();
  const url = own.replace('127.0.0.1', 'stream.example');
  const env = { HTTP_PROXY: `http://user:t0ps3cret@${proxy.host}`, NO_PROXY: '', DEBUG: '*' };
  const { code, stdout, stderr } = await runCommand(['read', url, '--json'], env);
  expect([code, stderr, proxy.asked]).toEqual([0, '', [`GET ${url}`]]);
  expect(stdout).toContain('"data":"a"');
  const refused = await runCommand(['read', url], { ...env, HTTP_PROXY: 'http://user:t0ps3cret@127.0.0.1:1' });
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/^The proxy 127\.0\.0\.1:1 [^\n]+\n$/)]);
  expect(refused.stderr).not.toContain('t0ps3cret');
});

test('NO_PROXY names the servers that are asked directly', async () => {
  const { stream } = await serveScript('data: a\n\n:@ end\n');
  const env = { HTTP_PROXY: 'http://127.0.0.1:1', NO_PROXY: '127.0.0.1' };
  expect(await runCommand(['read', stream], env)).toMatchObject({ code: 0, stderr: '' });
});
