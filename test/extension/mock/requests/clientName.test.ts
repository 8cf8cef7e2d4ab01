import { expect, test } from 'vitest';
import { clientName } from '../../../../src/extension/mock/requests/clientName';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/132.0.0.0 Safari/537.36';

test.each([
  [CHROME, 'Chrome 132'],
  [`${CHROME} Edg/132.0.2957.140`, 'Edge 132'],
  [CHROME.replace('Chrome/', 'Code/1.100.2 Chrome/'), 'VS Code 1.100'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox 140'],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Safari/605.1.15',
    'Safari 18',
  ],
  ['curl/8.5.0', 'curl 8.5.0'],
  ['python-requests/2.31.0', 'python-requests 2.31.0'],
  ['node', 'node'],
  ['', ''],
  [' /1', ''],
  ['x'.repeat(300), 'x'.repeat(40)],
])('%j is shown as %j', (userAgent, name) => {
  expect(clientName(userAgent)).toBe(name);
});
