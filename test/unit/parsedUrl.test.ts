// Of some addresses, Node 24's `URL.canParse` says that they can be parsed, and `URL` throws.
import { expect, test } from 'vitest';
import { endReason } from '../../src/editor/endReason';
import { requestTitle } from '../../src/editor/requestTitle';
import { nameOf } from '../../src/editor/saveDialog';
import { parseRequest } from '../../src/inspector/curl';
import { CurlError } from '../../src/inspector/curlError';
import { parsedUrl } from '../../src/inspector/parsedUrl';
import { originOf } from '../../src/inspector/secrets';
import { inEnglish } from '../../src/text/translate';

const LONG = `https://api${'A'.repeat(20_000)}.example/v1`;

test('of an address whose host is too long, no one throws who reads it, and what is too long is told', () => {
  for (const read of [parsedUrl, requestTitle, nameOf, originOf]) expect(() => read(LONG)).not.toThrow();
  expect(endReason(inEnglish, { cause: 'end' }, LONG, undefined)).toBe('The stream ended.');
  // Node 24 says that it is no address.
  expect(() => parseRequest(LONG)).toThrow(CurlError);
});

test('an address is read against another, and what is none is told by nothing', () => {
  expect(parsedUrl('/b', 'http://a/')?.href).toBe('http://a/b');
  expect(parsedUrl('b')).toBeUndefined();
});
