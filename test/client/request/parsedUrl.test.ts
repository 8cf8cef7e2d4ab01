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

test('a URL with a host that is too long is reported, and makes no reader throw', () => {
  for (const read of [parsedUrl, requestTitle, nameOf, originOf]) expect(() => read(LONG)).not.toThrow();
  expect(endReason(inEnglish, { cause: 'end' }, LONG, undefined)).toBe('The stream ended.');
  // Node 24 says that it isn't a URL.
  expect(() => parseRequest(LONG)).toThrow(CurlError);
});

test('a relative URL is resolved, and an invalid one is undefined', () => {
  expect(parsedUrl('/b', 'http://a/')?.href).toBe('http://a/b');
  expect(parsedUrl('b')).toBeUndefined();
});
