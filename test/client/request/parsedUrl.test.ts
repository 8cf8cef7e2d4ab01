// Node 24's `URL.canParse` accepts some URLs for which `URL` throws.
import { expect, test } from 'vitest';
import { endReason } from '../../../src/client/endReason';
import { parseRequest } from '../../../src/client/request/curl';
import { CurlError } from '../../../src/client/request/curlError';
import { parsedUrl } from '../../../src/client/request/parsedUrl';
import { originOf } from '../../../src/client/request/secrets/secrets';
import { requestTitle } from '../../../src/extension/inspector/form/requestTitle';
import { nameOf } from '../../../src/extension/inspector/saving/saveDialog';
import { inEnglish } from '../../../src/text/translate';

const LONG = `https://api${'A'.repeat(20_000)}.example/v1`;

test('of an address whose host is too long, no one throws who reads it, and what is too long is told', () => {
  for (const read of [parsedUrl, requestTitle, nameOf, originOf]) expect(() => read(LONG)).not.toThrow();
  expect(endReason(inEnglish, { cause: 'end' }, LONG, undefined)).toBe('The stream ended.');
  // Node 24 says that it isn't a URL.
  expect(() => parseRequest(LONG)).toThrow(CurlError);
});

test('an address is read against another, and what is none is told by nothing', () => {
  expect(parsedUrl('/b', 'http://a/')?.href).toBe('http://a/b');
  expect(parsedUrl('b')).toBeUndefined();
});
