import { expect, test } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { allowedOrigins } from '../../../src/server/guard/allowedOrigins';

test('an origin is compared whole: scheme, host and port', () => {
  const isAllowed = allowedOrigins(['http://localhost:5173', 'https://dev.example.com']);
  expect(isAllowed('http://localhost:5173')).toBe(true);
  expect(isAllowed('https://dev.example.com')).toBe(true);
  for (const other of [
    'http://localhost',
    'http://localhost:517',
    'http://localhost:51730',
    'https://localhost:5173',
    'http://evil.localhost:5173',
    'http://localhost.evil.example:5173',
    'https://dev.example.com:8443',
    'https://dev.example.com.evil.example',
    'https://evil-dev.example.com',
    'null',
    '*',
    '',
  ]) {
    expect(isAllowed(other), other).toBe(false);
  }
});

test('a star as port stands for any port, and for none', () => {
  const isAllowed = allowedOrigins(['http://localhost:*', 'http://[::1]:*']);
  for (const origin of [
    'http://localhost',
    'http://localhost:1',
    'http://localhost:65535',
    'http://[::1]:8',
    'http://[::1]',
  ]) {
    expect(isAllowed(origin), origin).toBe(true);
  }
  for (const origin of ['https://localhost:1', 'http://localhost:x', 'http://localhostile:1', 'http://[::2]:8']) {
    expect(isAllowed(origin), origin).toBe(false);
  }
});

test('an origin may be written in any case, and with the port that its scheme implies', () => {
  const isAllowed = allowedOrigins(['HTTP://Dev.Example.com:80', 'https://dev.example.com:443']);
  expect(isAllowed('http://dev.example.com')).toBe(true);
  expect(isAllowed('https://dev.example.com')).toBe(true);
});

test('by default the pages of this machine may read, and no other', () => {
  const isAllowed = allowedOrigins(manifest.contributes.configuration.properties['sseCounter.allowedOrigins'].default);
  for (const scheme of ['http', 'https']) {
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      expect(isAllowed(`${scheme}://${host}`)).toBe(true);
      expect(isAllowed(`${scheme}://${host}:3000`)).toBe(true);
    }
  }
  for (const origin of [
    'http://example.com',
    'http://127.0.0.1.nip.io',
    'http://localhost.example.com',
    'file://',
    'null',
  ]) {
    expect(isAllowed(origin), origin).toBe(false);
  }
});
