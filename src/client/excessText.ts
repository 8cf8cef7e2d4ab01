import type { Translate } from '../text/translate';
import type { Excess } from './request/requestLimits';

/** Returns a message about the part of a request that is too large, in the user's language. */
export function excessText(t: Translate, excess: Excess | 'longRequest'): string {
  switch (excess) {
    case 'longRequest':
      return t('The request is longer than 1 MB. Shorten it.');
    case 'longUrl':
      return t('The URL is longer than 64 KB. Shorten it.');
    case 'longHost':
      return t('The host of the URL is longer than 253 characters, the limit of DNS.');
    case 'longHeaderName':
      return t('The name of a header is longer than 256 characters. Shorten it.');
    case 'longHeaders':
      return t('The headers are longer than 64 KB together. Shorten them.');
    case 'manyHeaders':
      return t('There are more than 500 headers. Remove some.');
  }
}
