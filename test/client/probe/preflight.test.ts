import { expect, test } from 'vitest';
import { preflightOf } from '../../../src/client/probe/preflight';
import type { StreamRequest } from '../../../src/client/request/streamRequest';

const PAGE = 'http://localhost:5173';

function withHeaders(...headers: [string, string][]): StreamRequest {
  return { method: 'GET', url: 'https://me:word@a.example/events?q=1', headers, insecure: true };
}

test('a page that sets its own headers asks for them, in order, each once, without sending any', () => {
  const request = withHeaders(
    ['X-B', '1'],
    ['Authorization', 'Bearer abc'],
    ['x-b', '2'],
    ['Cookie', 'a=1'],
    ['Accept', '*/*'],
  );
  expect(preflightOf(request, PAGE)).toEqual({
    method: 'OPTIONS',
    url: 'https://a.example/events?q=1',
    headers: [
      ['Accept', '*/*'],
      ['Access-Control-Request-Method', 'GET'],
      ['Access-Control-Request-Headers', 'authorization,x-b'],
      ['Origin', PAGE],
    ],
    insecure: true,
  });
});

test('headers that a browser or an EventSource sets by itself need no question', () => {
  const copied: [string, string][] = [
    ['accept', 'text/event-stream'],
    ['accept-language', 'en'],
    ['cache-control', 'no-cache'],
    ['cookie', 'a=1'],
    ['last-event-id', '7'],
    ['pragma', 'no-cache'],
    ['priority', 'u=1'],
    ['referer', 'http://a.example/'],
    ['sec-ch-ua', 'x'],
    ['sec-fetch-mode', 'cors'],
    ['user-agent', 'x'],
  ];
  expect(preflightOf(withHeaders(...copied), PAGE)).toBeUndefined();
});

test.each([
  ['text/plain;charset=utf-8', false],
  ['application/x-www-form-urlencoded', false],
  ['multipart/form-data; boundary=x', false],
  ['application/json', true],
  ['text/plainer', true],
])('the type %s needs a question: %s', (type, isAsked) => {
  expect(preflightOf(withHeaders(['Content-Type', type]), PAGE) !== undefined).toBe(isAsked);
});
