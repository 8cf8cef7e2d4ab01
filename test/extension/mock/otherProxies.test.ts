// Proxies used by webpack-dev-server and many others: what they pass on of a mock, with and without the panel's code.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { PROXY_CURES } from '../../../src/extension/mock/proxyCures';
import { cureOf, listen, passesDrop, passesHead, passesLeaving, type StartProxy } from './proxied';

type Middleware = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
interface HttpProxy {
  createProxyServer(options: object): {
    web(request: IncomingMessage, response: ServerResponse): void;
    on(event: string, listener: (...args: never[]) => void): void;
  };
}

const require = createRequire(import.meta.url);

function middleware(name: string): StartProxy {
  return (target, cure) => {
    const { createProxyMiddleware } = require(name) as { createProxyMiddleware(options: object): Middleware };
    const handle = createProxyMiddleware({ target, logLevel: 'silent', ...cure });
    return listen((request, response) => handle(request, response, () => response.end()));
  };
}

const startHttpProxy: StartProxy = (target, { code }) => {
  const proxy = (require('http-proxy') as HttpProxy).createProxyServer({ target });
  // To the proxy, a client that leaves is an error.
  proxy.on('error', () => undefined);
  if (typeof code === 'string') new Function('proxy', code)(proxy);
  return listen((request, response) => proxy.web(request, response));
};

describe.each([
  ['http-proxy', startHttpProxy, { code: PROXY_CURES.httpProxy.code }, false],
  ['http-proxy-middleware-2', middleware('http-proxy-middleware-2'), cureOf('webpack'), false],
  ['http-proxy-middleware', middleware('http-proxy-middleware'), cureOf('middleware'), true],
] as const)('%s', (_, start, cure, passes) => {
  test('passes on a drop only with the code, and the head with the first byte', async () => {
    expect(await passesDrop(start, {})).toBe(false);
    expect(await passesDrop(start, cure)).toBe(true);
    expect(await passesHead(start)).toBe(false);
  });

  test(`passes on that a client leaves with the code${passes ? ', and without' : ' only'}`, async () => {
    expect(await passesLeaving(start, {})).toBe(passes);
    expect(await passesLeaving(start, cure)).toBe(true);
  });
});
