import { expect, test } from 'vitest';
import { looksLikeRequest, MAX_EXAMINED } from '../../../src/client/request/arguments/looksLikeRequest';

test.each([
  'http://127.0.0.1:8080/event',
  '  "https://example.com/events?topic=1"\n',
  '`https://example.com`',
  'localhost:8080/event',
  'curl -N http://127.0.0.1:8080/event',
  '$ curl https://example.com/events',
  'curl.exe https://example.com',
  'curl example.com/events',
  "curl 'https://api.test/v1' \\\n  -d '{}'",
  'curl \\\n  -N https://example.com',
  'curl ^\n  "https://example.com"',
  '# as the docs have it\ncurl https://example.com/',
  'TOKEN=x curl -H "Authorization: $TOKEN" https://example.com',
  'GET http://127.0.0.1:8080/event',
  '### Orders\nPOST https://example.com/v1/chat HTTP/1.1\nAccept: text/event-stream',
  'GET {{host}}/events',
  'fetch("https://example.com/events", { method: "POST" })',
  "const source = new EventSource('http://localhost:3000/events');",
])('%j looks like a request', (text) => {
  expect(looksLikeRequest(text)).toBe(true);
});

test.each([
  '',
  'word',
  'const count = 3;',
  'See https://example.com/events for more.',
  'We read it with curl, as others do.',
  'the curl command',
  'GET ready',
  'forget https://example.com',
  'fetch(url)',
  '{"url": "https://example.com"}',
  'ftp://example.com/',
  'GET /events HTTP/1.1',
])('%j doesn’t', (text) => {
  expect(looksLikeRequest(text)).toBe(false);
});

test('only the beginning is examined', () => {
  const begins = '\n'.padEnd(MAX_EXAMINED - 1, 'a\n');
  expect(looksLikeRequest(`${begins}\ncurl https://example.com/`)).toBe(false);
  expect(looksLikeRequest(`curl https://example.com/ -d '${'a'.repeat(10 * MAX_EXAMINED)}'`)).toBe(true);
});
