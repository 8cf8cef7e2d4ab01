// Requests of the API: from a URL, a command or an object, each checked before anything is sent.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { EventStreamRequest, RequestLocation } from '../../../src/api';
import { RequestError } from '../../../src/api';
import { readyRequest } from '../../../src/api/reading/readyRequest';
import { temporaryFile } from '../../support/client/recordings';

const MEGABYTE = 1024 * 1024;

/** Resolves with the sentence of the RequestError. */
async function problemOf(location: RequestLocation): Promise<string> {
  const error = await readyRequest(location).catch((thrown: unknown) => thrown);
  if (error instanceof RequestError) return error.message;
  throw new Error(`No RequestError: ${error}`);
}

test.each<[RequestLocation, object]>([
  ['https://a.test/x', { method: 'GET', url: 'https://a.test/x', headers: [], insecure: false }],
  ['localhost:8080/x', { method: 'GET', url: 'http://localhost:8080/x' }],
  [new URL('https://a.test/x'), { method: 'GET', url: 'https://a.test/x' }],
  [
    "curl -k -X PUT -H 'X-A: b' -d c https://a.test/",
    {
      method: 'PUT',
      url: 'https://a.test/',
      headers: expect.arrayContaining([['X-A', 'b']]),
      body: 'c',
      insecure: true,
    },
  ],
  [{ url: 'https://a.test/' }, { method: 'GET', body: undefined, headers: [], insecure: false }],
  [
    { url: new URL('https://a.test/'), body: '' },
    { method: 'POST', url: 'https://a.test/', body: '' },
  ],
  [{ url: 'https://a.test/', headers: { 'X-A': 'b' } }, { headers: [['X-A', 'b']] }],
  [
    {
      url: 'https://a.test/',
      method: 'PUT',
      headers: [
        ['A', 'b'],
        ['A', 'c'],
      ],
      insecure: true,
    },
    {
      method: 'PUT',
      headers: [
        ['A', 'b'],
        ['A', 'c'],
      ],
      insecure: true,
    },
  ],
])('%j becomes a request', async (location, request) => {
  expect((await readyRequest(location)).plain).toMatchObject(request);
});

test.each<[RequestLocation, string]>([
  ['', 'There is no URL.'],
  ['ftp://a/', 'Only http: and https: can be requested, not ftp:'],
  ['curl --frobnicate http://a/', 'The option --frobnicate of curl is not known here. Remove it to go on.'],
  ['curl -d @- http://a/', '-d @- reads the body from another program. Write the body after -d instead.'],
  ['curl https://a/$ROOM', 'The request has a placeholder: $ROOM. Write its value in its place.'],
  [
    'curl -H "Authorization: Bearer $TOKEN" https://a/<id>',
    'The request has placeholders: $TOKEN, <id>. Write their values in their places.',
  ],
  ['https://a/{{room}}', 'The request has a placeholder: {{room}}. Write its value in its place.'],
  [{ url: 'file:///etc/passwd' }, 'The URL is not a valid one that starts with http:// or https://. Correct it.'],
  [{ url: 'a.test' }, 'The URL is not a valid one that starts with http:// or https://. Correct it.'],
  [{ url: 'http://a/', method: 'G T' }, '“G T” is not a valid HTTP method.'],
  [{ url: 'http://a/', headers: { 'a b': '' } }, '“a…” is not the name of a header. Correct it.'],
  [{ url: 'http://a/', headers: { 'X-Api-Key: S3cr3t': '' } }, '“X-Api-Key…” is not the name of a header. Correct it.'],
  [{ url: 'http://a/', headers: { 'X-Api-Key=S3cr3t': '' } }, '“X-Api-Key…” is not the name of a header. Correct it.'],
  [{ url: 'http://a/', headers: { a: 'b\nc' } }, 'The header a has a character that headers can’t carry.'],
  [{ url: `http://a/${'x'.repeat(64 * 1024)}` }, 'The URL is longer than 64 KB. Shorten it.'],
  [{ url: 'http://a/', body: 'x'.repeat(MEGABYTE + 1) }, 'The request is longer than 1 MB. Shorten it.'],
  ['x'.repeat(MEGABYTE + 1), 'The text is longer than 1 MB.'],
  // As code without types may give them.
  [{ url: 'http://a/', method: 7 } as unknown as EventStreamRequest, 'The method is not a string, such as POST.'],
  [
    { url: 'http://a/', body: { a: 1 } } as unknown as EventStreamRequest,
    'The body is not a string. Give an object as JSON: JSON.stringify(object).',
  ],
  [
    { url: 'http://a/', headers: { a: 7 } } as unknown as EventStreamRequest,
    'The header a has a value that is not a string.',
  ],
])('%j is refused with a sentence', async (location, problem) => {
  expect(await problemOf(location)).toBe(problem);
});

test('a body of a megabyte is taken', async () => {
  const { plain } = await readyRequest({ url: 'http://a/', body: 'x'.repeat(MEGABYTE) });
  expect(plain.body).toHaveLength(MEGABYTE);
});

test('no environment variable is read into a request', async () => {
  vi.stubEnv('ROOM', 'secret-room');
  expect(await problemOf('curl https://a/$ROOM')).toBe(
    'The request has a placeholder: $ROOM. Write its value in its place.',
  );
  vi.unstubAllEnvs();
});

test('the files of a body are read, and count as secret', async () => {
  const [one, other] = [temporaryFile('one.json'), temporaryFile('other.txt')];
  writeFileSync(one, '{"a":"ü"}');
  writeFileSync(other, 'x'.repeat(MEGABYTE));
  const { plain, secret } = await readyRequest(`curl -d @'${one}' http://a/`);
  expect([plain.method, plain.body, secret.body]).toEqual(['POST', '{"a":"ü"}', true]);
  expect((await readyRequest(`curl --data-binary @'${other}' http://a/`)).plain.body).toHaveLength(MEGABYTE);
});

test('a file that can’t be the body is named, with what to do', async () => {
  const file = temporaryFile('body.txt');
  const command = `curl --data-binary @'${file}' http://a/`;
  expect(await problemOf(command)).toBe(`There is no file ${file}. Correct its path, or write a body in its place.`);
  writeFileSync(file, Buffer.alloc(MEGABYTE + 1, 'x'));
  expect(await problemOf(command)).toBe(`${file} is larger than 1 MB. Send a smaller file.`);
  writeFileSync(file, Buffer.of(0xff));
  expect(await problemOf(command)).toBe(
    `${file} isn’t valid UTF-8, and bodies are text here. Convert the file to UTF-8.`,
  );
  const folder = join(dirname(file), 'folder');
  mkdirSync(folder);
  expect(await problemOf(`curl -d @'${folder}' http://a/`)).toBe(
    `${folder} is a folder, a device or a pipe. Name a regular file.`,
  );
});

test.each([undefined, null, 7])('%j is no stream to read', async (location) => {
  expect(await problemOf(location as unknown as RequestLocation)).toBe(
    'A stream is given by its URL, a curl command, or { url, … }.',
  );
});

test('at most 20 files are read for a request', async () => {
  const files = Array.from({ length: 21 }, (_, index) => `-d @/no/such/file-${index}`);
  expect(await problemOf(`curl ${files.join(' ')} http://a/`)).toBe(
    'No more than 20 files are read for one request. Name fewer.',
  );
});

test('the secrets of a request are found in each of its parts', async () => {
  const request: EventStreamRequest = {
    url: 'https://me:pass-Word_7@a.test/?token=zq7Rw9XkP4',
    headers: { Authorization: 'Bearer q8Sx2MnB5v' },
    body: '{"password":"w3Ed4Rf5Tg"}',
  };
  const { plain, masked, secret } = await readyRequest(request);
  expect(plain).toMatchObject({ url: request.url, body: request.body });
  expect(JSON.stringify(masked)).not.toMatch(/pass-Word_7|zq7Rw9XkP4|q8Sx2MnB5v|w3Ed4Rf5Tg/);
  expect(secret).toMatchObject({ headers: ['authorization'], body: true });
});
