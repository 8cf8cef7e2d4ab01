import { expect, test } from 'vitest';
import { MAX_TEXT, parseRequest } from '../../src/inspector/curl';

test('what is longer than a megabyte is refused, what is as long is not', () => {
  const url = `http://a/${'x'.repeat(MAX_TEXT - 9)}`;
  expect(parseRequest(url).request.url).toBe(url);
  expect(() => parseRequest(`${url}x`)).toThrow(expect.objectContaining({ code: 'tooLong' }));
});

test('an error names no more than 200 characters of what is wrong', () => {
  const error = (() => {
    try {
      return parseRequest(`curl --${'x'.repeat(1000)} http://a/`);
    } catch (thrown) {
      return thrown;
    }
  })();
  expect(error).toMatchObject({ code: 'unknownOption', subject: `--${'x'.repeat(198)}…` });
});
