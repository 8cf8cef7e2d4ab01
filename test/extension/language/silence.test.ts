// Scripts that send nothing at first: some proxies hold the head of a response back until its first byte.
import { expect, test } from 'vitest';
import { newScript } from '../../support/mock/newScript';

test.each([
  [':@ wait 1s\ndata: a\n\n', 0],
  ['\ufeff:@ wait 1ms\ndata: a\n\n', 0],
  [':@ method POST\n:@ status 503\n:@ wait 1s\n:@ wait 1s\ndata: a\n\n', 2],
  [':@ wait 1s', 0],
  [':@ wait 1s\n:@ drop\n', 0],
  [':@ connection\n:@ wait 80ms\nretry: 5\n', 1],
  [':@ stall\n', 0],
])('%j sends nothing before line %i, which pauses', (text, line) => {
  expect(newScript(text).silentAt).toBe(line);
});

test.each([
  '',
  'data: a\n\n:@ wait 1s\ndata: b\n\n',
  'retry: 3000\n:@ wait 1s\n',
  ': a comment\n:@ wait 1s\n',
  ':@@ is a comment, too\n:@ wait 1s\n',
  '\n:@ wait 1s\n',
  'data: half\n:@ wait 1s\n\n',
  ':@ wait 0s\ndata: a\n\n:@ wait 1s\n',
  ':@ status 503\n',
  ':@ method POST\n',
  ':@ status 503\n:@ wait 1s\n:@ status 429\ndata: a\n\n',
  ':@ drop\n:@ wait 1s\n',
  ':@ end\n:@ stall\n',
  ':@ wiat 1s\n',
])('%j does not: a byte comes at once, or nothing pauses before it', (text) => {
  expect(newScript(text).silentAt).toBeUndefined();
});
