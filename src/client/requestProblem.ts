import type { Translate } from '../text/translate';
import { excessText } from './excessText';
import { firstWord } from './firstWord';
import type { CurlErrorCode } from './request/curl';
import type { RequestRead } from './request/readRequest';
import { veiled } from './request/secrets/secrets';

/** A text without a request. */
export type UnreadRequest = Extract<RequestRead, { parsed?: undefined }>;

/** Returns why a text has no request, and what to do, in the user's language; without values that may be secret. */
export function requestProblem(t: Translate, { code, subject: written = '' }: UnreadRequest): string {
  // The unreadable part may contain a secret.
  const subject = isUrl(code, written) ? veiled(withoutUser(written)) : nameIn(code, written);
  switch (code) {
    case 'noUrl':
      return t('There is no URL.');
    case 'tooLong':
      return t('The text is longer than 1 MB.');
    case 'tooComplex':
      return t('The text is too complex to be read. Shorten it.');
    case 'manyUrls':
      return isUrl(code, written)
        ? t('There is more than one URL: “{0}” is the second.', subject)
        : t('There is more than one URL, or a header without quotes.');
    case 'url':
      return t('“{0}” is not a valid URL that starts with http:// or https://.', subject);
    case 'scheme':
      return t('Only http: and https: can be requested, not {0}', subject);
    case 'quote':
      return t('The quote {0} is not closed.', subject);
    case 'noValue':
      return t('The option {0} needs a value.', subject);
    case 'unknownOption':
      return t('The option {0} of curl is not known here. Remove it to go on.', subject);
    case 'unsupported':
      if (written.endsWith('@-'))
        return t('{0} reads the body from another program. Write the body after -d instead.', subject);
      return t('{0} is not supported here. Remove it to go on.', subject);
    case 'header':
      return t('“{0}” is not a header: write `Name: value`.', subject);
    case 'notUnderstood':
      return t('This is not a request. Enter a URL, a curl command, or a browser’s “Copy as fetch”.');
    case 'quotes':
      return t(
        'Typographic quotes and dashes, such as {0} here, are none in a command: write plain ones in their place.',
        subject,
      );
    case 'fetch':
      return t('The fetch call can’t be read at “{0}”.', subject);
    case 'method':
      return t('“{0}” is not a valid HTTP method.', subject);
    default:
      return excessText(t, code);
  }
}

/** Whether the subject is a URL. A second one that isn't `http:` or `https:` may be the value of a header without quotes. */
function isUrl(code: CurlErrorCode, subject: string): boolean {
  return code === 'url' || (code === 'manyUrls' && /^https?:\/\//i.test(subject));
}

/**
 * Returns a URL that can't be read with a mask for what may be user and password, since their signs may be the reason:
 * `http://me:a/b@host`, `http://me:a`. It may also have no scheme, and be cut.
 */
function withoutUser(url: string): string {
  const [, begin = '', rest = ''] = /^((?:[a-z][\w+.-]*:)?[\\/]+)?(.*)$/is.exec(url) ?? [];
  const [authority = ''] = /^[^\\/?#]*/.exec(rest) ?? [];
  // No port, and no IPv6.
  const [user] = /^[^[:]*:(?!\d{1,5}$)/.exec(authority) ?? [];
  const at = (user === undefined ? authority : rest).lastIndexOf('@');
  if (at >= 0) return `${begin}•••${rest.slice(at)}`;
  return user === undefined ? url : `${begin}${user}•••${rest.slice(authority.length)}`;
}

/** Returns the part of the subject that is a name: an option or a header without its value. */
function nameIn(code: CurlErrorCode, subject: string): string {
  if (code === 'header') return firstWord(subject);
  if (code === 'unknownOption') return subject.replace(/([=:]).*/s, '$1…');
  // Code up to its first string.
  if (code === 'fetch') return subject.replace(/["'`].*/s, '…');
  // A file's name isn't secret; but `-b` also takes a cookie.
  return code === 'unsupported' ? subject.replace(/^(-\S+) (?!@).+/s, '$1 …') : veiled(subject);
}
