// Requests of `.http` files, as the editor's selection has them.
import { expect, test } from 'vitest';
import { CurlError, parseRequest } from '../../../src/client/request/curl';

const plain = { method: 'GET', headers: [], insecure: false };

test.each([
  ['GET http://127.0.0.1:8080/event', { ...plain, url: 'http://127.0.0.1:8080/event' }],
  ['  GET https://a.test/events HTTP/1.1', { ...plain, url: 'https://a.test/events' }],
  ['### Orders\r\n# @name orders\r\nGET https://a.test/\r\n', { ...plain, url: 'https://a.test/' }],
  ['GET https://a.test/e\n    ?topic=1\n    &since=2', { ...plain, url: 'https://a.test/e?topic=1&since=2' }],
  [
    'POST https://a.test/v1\nAuthorization: Bearer k\nContent-Type: application/json\n\n{"stream": true}\n',
    {
      ...plain,
      method: 'POST',
      url: 'https://a.test/v1',
      headers: [
        ['Authorization', 'Bearer k'],
        ['Content-Type', 'application/json'],
      ],
      body: '{"stream": true}',
    },
  ],
])('%j is read as a request', (text, request) => {
  expect(parseRequest(text)).toEqual({ request, notes: [] });
});

test('the first request of several is read, and the others are noted', () => {
  const { request, notes } = parseRequest('GET https://a.test/1\n\n###\nGET https://a.test/2\n');
  expect(request).toEqual({ ...plain, url: 'https://a.test/1' });
  expect(notes).toEqual([{ code: 'rest', subject: 'GET https://a.test/2' }]);
});

test('a variable is a placeholder, which is asked for', () => {
  const text = 'POST {{host}}/chat\nAuthorization: Bearer {{token}}\n\n{"a": 1}';
  expect(parseRequest(text).notes.map(({ code, subject }) => [code, subject])).toEqual([
    ['placeholder', '{{host}}'],
    ['placeholder', '{{token}}'],
  ]);
  const values = new Map([
    ['{{host}}', 'http://localhost:3000'],
    ['{{token}}', 'k'],
  ]);
  expect(parseRequest(text, { values }).request).toMatchObject({
    url: 'http://localhost:3000/chat',
    headers: [['Authorization', 'Bearer k']],
  });
});

test.each([
  ['a header without a colon', 'GET https://a.test/\nnonsense', 'nonsense'],
  ['the file of a body', 'POST https://a.test/\n\n< ./body.json', '< ./body.json'],
  ['a file with variables', 'POST https://a.test/\n\n<@ ./body.json', '<@ ./body.json'],
  ['a file in an encoding', 'POST https://a.test/\n\n<@latin1 ./body.json', '<@latin1 ./body.json'],
  ['a file for the response', 'POST https://a.test/\n\n>> answer.json', '>> answer.json'],
  ['a file to be overwritten', 'POST https://a.test/\n\n>>! answer.json', '>>! answer.json'],
  ['a script', 'GET https://a.test/\n\n> {% client.log() %}', '> {% client.log() %}'],
])('%s is noted as ignored, and no file is read', (_, text, subject) => {
  const { request, notes } = parseRequest(text);
  expect([notes, request.body]).toEqual([[{ code: 'ignored', subject }], undefined]);
});

test('a body that has a curl command in it stays a body', () => {
  expect(parseRequest('POST https://a.test/\n\ncurl https://b.test/').request).toMatchObject({
    url: 'https://a.test/',
    body: 'curl https://b.test/',
  });
});

test.each([
  '{{$dotenv TOKEN}}',
  '{{$processEnv %TOKEN}}',
  '{{$randomInt 1 10}}',
  '{{$random.integer(1, 10)}}',
  "{{login.response.headers['X-Token']}}",
])('a variable with more than a name, %s, is asked for', (written) => {
  const { notes } = parseRequest(`POST https://a.test/?q=1\nAuthorization: Bearer ${written}\n\n{"a": ${written}}`);
  expect(notes).toEqual([{ code: 'placeholder', subject: written }]);
});

test.each([
  ['GET {{$dotenv BASE}}/events HTTP/1.1', '{{$dotenv BASE}}'],
  ['GET https://a.test/?k={{$processEnv KEY}}&b=1', '{{$processEnv KEY}}'],
])('such a variable may stand in the request line, too: %s', (text, subject) => {
  expect(parseRequest(text).notes).toEqual([{ code: 'placeholder', subject }]);
});

test('in a body, variables are placeholders and markup isn’t', () => {
  const { request, notes } = parseRequest('POST https://a.test/\n\n<b>{{text}}</b>');
  expect([request.body, notes]).toEqual(['<b>{{text}}</b>', [{ code: 'placeholder', subject: '{{text}}' }]]);
});

test('an invalid URL is an error', () => {
  expect(() => parseRequest('GET https://a b/')).toThrow(CurlError);
  expect(() => parseRequest('GET https://:0:0/')).toThrow(new CurlError('url', 'https://:0:0/'));
});
