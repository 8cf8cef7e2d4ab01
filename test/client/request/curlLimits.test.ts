import { expect, test } from 'vitest';
import { parseRequest } from '../../../src/client/request/curl';
import { MAX_TEXT } from '../../../src/client/request/requestLimits';

test('a text longer than a megabyte is refused, and one of a megabyte isn’t', () => {
  const command = `curl http://a/ -d ${'x'.repeat(MAX_TEXT - 18)}`;
  expect(parseRequest(command).request.body).toHaveLength(MAX_TEXT - 18);
  expect(() => parseRequest(`${command}x`)).toThrow(expect.objectContaining({ code: 'tooLong' }));
});

const headers = (count: number) => Array.from({ length: count }, (_, index) => `-H a${index}:1`).join(' ');

test.each([
  ['a URL', 'longUrl', (more: string) => `http://a/${'x'.repeat(64 * 1024 - 9)}${more}`],
  ['a host', 'longHost', (more: string) => `http://${'a.'.repeat(126)}b${more}/`],
  ['the name of a header', 'longHeaderName', (more: string) => `curl http://a/ -H ${'x'.repeat(255)}y${more}:1`],
  ['the headers', 'longHeaders', (more: string) => `curl http://a/ -H a:${'x'.repeat(64 * 1024 - 1)}${more}`],
  ['the number of headers', 'manyHeaders', (more: string) => `curl http://a/ ${headers(more === '' ? 500 : 501)}`],
])('%s may be as long as the bound, and no longer', (_, code, text) => {
  expect(parseRequest(text('')).request.url).toContain('http://');
  expect(() => parseRequest(text('x'))).toThrow(expect.objectContaining({ code, subject: undefined }));
});

test('an error quotes no more than 200 characters of the wrong part', () => {
  const error = (() => {
    try {
      return parseRequest(`curl --${'x'.repeat(1000)} http://a/`);
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toMatchObject({ code: 'unknownOption', subject: `--${'x'.repeat(198)}…` });
});
