import { l10n } from 'vscode';
import type { Excess } from '../../../client/request/requestLimits';

/** Returns a message about the part of a request that is too large, in the user's language. */
export function excessText(excess: Excess | 'longRequest'): string {
  switch (excess) {
    case 'longRequest':
      return l10n.t('The request is longer than 1 MB. Shorten it.');
    case 'longUrl':
      return l10n.t('The URL is longer than 64 KB. Shorten it.');
    case 'longHost':
      return l10n.t('The host of the URL is longer than 253 characters, the limit of DNS.');
    case 'longHeaderName':
      return l10n.t('The name of a header is longer than 256 characters. Shorten it.');
    case 'longHeaders':
      return l10n.t('The headers are longer than 64 KB together. Shorten them.');
    case 'manyHeaders':
      return l10n.t('There are more than 500 headers. Remove some.');
  }
}
