import type { ProxyName } from '../../messages/mock';

/** Proxy of a dev server that doesn't pass on all that happens on a stream, and the code that has it do so. */
export interface ProxyCure {
  /** With the versions that need it. */
  title: string;
  /** Whether it doesn't pass on either that a client has left. */
  keepsClients: boolean;
  /** Where the code goes, as the tool's documentation calls it. */
  place: string;
  code: string;
}

/** Checked with these proxies in front of our server by test/extension/mock/{proxies,otherProxies}.test.ts; docs/proxies.md has the same. */
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
