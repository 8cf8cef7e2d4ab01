import { defineConfig } from '@playwright/test';

export default defineConfig({
  use: { baseURL: `http://127.0.0.1:${process.env['APP_PORT']}` },
  webServer: [
    {
      command: 'npx sse-counter serve ../orders.sse --port 0',
      // The ready line: its port becomes process.env.MOCK_PORT, which the app's proxy reads, too.
      wait: { stdout: /on http:\/\/127\.0\.0\.1:(?<mock_port>\d+)\/event/ },
    },
    {
      command: 'npx vite ../app --host 127.0.0.1 --port 0',
      env: { NO_COLOR: '1' },
      wait: { stdout: /http:\/\/127\.0\.0\.1:(?<app_port>\d+)/ },
    },
  ],
});
