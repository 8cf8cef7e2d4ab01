import type { ProxyName } from '../../messages/mock';

/** Proxy of a dev server that doesn't pass on everything that happens on a stream, and the code that makes it do so. */
export interface ProxyCure {
  /** Name with the versions that need the code. */
  title: string;
  /** Whether the proxy also hides that a client has left. */
  keepsClients: boolean;
  /** Place for the code, in the terms of the tool's documentation. */
  place: string;
  code: string;
}

/**
 * Code for each proxy. Tested with these proxies in front of our server, in
 * test/extension/mock/{proxies,otherProxies}.test.ts; docs/proxies.md has the same code.
 */
export const PROXY_CURES: Readonly<Record<ProxyName, ProxyCure>> = {
  vite: {
    title: 'Vite',
    keepsClients: false,
    place: 'server.proxy[…]',
    code: `configure: (proxy) => {
  proxy.on('proxyRes', (proxyRes, req, res) => {
    proxyRes.on('close', () => proxyRes.complete || res.destroy());
  });
},`,
  },
  webpack: {
    title: 'webpack-dev-server 5, http-proxy-middleware 2',
    keepsClients: true,
    place: 'devServer.proxy[…], createProxyMiddleware({ … })',
    code: `onProxyReq: (proxyReq, req, res) => {
  res.on('close', () => proxyReq.destroy());
},
onProxyRes: (proxyRes, req, res) => {
  proxyRes.on('close', () => proxyRes.complete || res.destroy());
},`,
  },
  middleware: {
    title: 'http-proxy-middleware 3',
    keepsClients: false,
    place: 'createProxyMiddleware({ … })',
    code: `on: {
  proxyRes: (proxyRes, req, res) => {
    proxyRes.on('close', () => proxyRes.complete || res.destroy());
  },
},`,
  },
  httpProxy: {
    title: 'http-proxy',
    keepsClients: true,
    place: 'proxy = httpProxy.createProxyServer({ … })',
    code: `proxy.on('proxyReq', (proxyReq, req, res) => {
  res.on('close', () => proxyReq.destroy());
});
proxy.on('proxyRes', (proxyRes, req, res) => {
  proxyRes.on('close', () => proxyRes.complete || res.destroy());
});`,
  },
};
