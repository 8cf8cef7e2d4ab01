// Names of saved files say stream and day, on every system.
import { expect, test } from 'vitest';
import { fileName } from '../../../../src/extension/inspector/saving/fileName';

const DAY = new Date(2026, 10, 5, 23, 59);

test.each([
  ['http://localhost:3000/orders', 'orders'],
  ['http://localhost:3000/api/v1/orders/7/events?room=1', 'orders'],
  ['https://api.example.com/v1/chat/completions', 'completions'],
  ['https://api.a-b.example/v1?x=y', 'api.a-b.example'],
  ['http://localhost:8080/event', 'localhost'],
  ['http://[2001:db8::a]/', '2001-db8-a'],
  ['http://[::]/', 'events'],
  ['no URL', 'events'],
  ['http://a/feed.json', 'feed'],
  ['http://a/%E6%B3%A8%E6%96%87', '注文'],
  ['http://a/what%3A%20%22it%22%5C..%2F%3Fis*', 'what-it-is'],
  ['http://a/full-100%', 'full-100'],
  ['http://a/b/•••1/events', 'b'],
  ['http://a/CON', 'CON'],
  ['http://a/..', 'a'],
  [`http://a/${'x'.repeat(5000)}`, 'x'.repeat(60)],
])('what comes from %s is saved as %s and its day', (url, name) => {
  expect(fileName(url, DAY)).toBe(`${name}-2026-11-05`);
});

test('no name has a character that Windows refuses', () => {
  for (let code = 0; code < 128; code += 1) {
    const url = `http://host/a%${code.toString(16).padStart(2, '0')}b`;
    expect(fileName(url, DAY)).toMatch(/^[\w-]+-2026-11-05$/);
  }
});
