import { expect, test } from 'vitest';
import { exchange } from '../../../src/client/http/exchange';
import { parseRequest } from '../../../src/client/request/curl';
import { EchoServer } from '../../support/servers/echoServer';

test('Transfer-Encoding: chunked in a command is sent without a length; without it, the body has its length', async () => {
  const server = await new EchoServer().listen();
  for (const [path, option] of [
    ['/chunks', "-H 'Transfer-Encoding: chunked'"],
    ['/length', ''],
  ] as const) {
    const { request } = parseRequest(`curl -N ${option} -H 'Content-Type: text/plain' -d abc ${server.origin}${path}`);
    const { body } = await exchange(request, new AbortController().signal);
    body.close();
  }
  const framing = (path: string) =>
    server.on(path)?.headers.filter(([name]) => ['transfer-encoding', 'content-length'].includes(name));
  expect([framing('/chunks'), server.on('/chunks')?.body]).toEqual([[['transfer-encoding', 'chunked']], 'abc']);
  expect([framing('/length'), server.on('/length')?.body]).toEqual([[['content-length', '3']], 'abc']);
});
