// Vite's proxy in front of a mock: `npx sse-counter serve orders.sse`, and `npx vite app`.
import { defineConfig } from 'vite';

export default defineConfig({
  server: {
    proxy: {
      '/event': {
        target: `http://127.0.0.1:${process.env['MOCK_PORT'] ?? 8080}`,
        // The mock refuses requests for another Host.
        changeOrigin: true,
        // Without this, the page stays connected, and silent, when the mock drops the connection.
        configure: (proxy) => {
          proxy.on('proxyRes', (proxyRes, _request, response) => {
            proxyRes.on('close', () => proxyRes.complete || response.destroy());
          });
        },
      },
    },
  },
});
