import { l10n } from 'vscode';
import type { CurlErrorCode, ParsedRequest } from '../../../client/request/curl';
import type { RequestRead } from '../../../client/request/readRequest';
import { veiled } from '../../../client/request/secrets/secrets';
import { excessText } from '../form/excessText';
import { firstWord } from '../form/firstWord';

/** A text with the request in it. */
export interface Pasted {
  text: string;
  parsed: ParsedRequest;
}

/** Result of reading a text: its request, or a problem in the user's language. */
export type PastedRead = (Pasted & { problem?: undefined }) | { parsed?: undefined; problem: string };

/** Converts the result of reading a text; a problem is put into the user's language. */
export function pastedOf(text: string, read: RequestRead): PastedRead {
  return read.parsed ? { text, parsed: read.parsed } : { problem: problemOf(read) };
}

function problemOf({ code, subject: written = '' }: Extract<RequestRead, { parsed?: undefined }>): string {
  // The unreadable part may contain a secret.
  const subject = code === 'url' || code === 'manyUrls' ? veiled(written) : nameIn(code, written);
  switch (code) {
    case 'noUrl':
      return l10n.t('There is no URL.');
    case 'tooLong':
      return l10n.t('The text is longer than 1 MB.');
    case 'tooComplex':
      return l10n.t('The text is too complex to be read. Shorten it.');
    case 'manyUrls':
      return l10n.t('There is more than one URL: “{0}” is the second.', subject);
    case 'url':
      return l10n.t('“{0}” is not a valid URL that starts with http:// or https://.', subject);
    case 'scheme':
      return l10n.t('Only http: and https: can be inspected, not {0}', subject);
    case 'quote':
      return l10n.t('The quote {0} is not closed.', subject);
    case 'noValue':
      return l10n.t('The option {0} needs a value.', subject);
    case 'unknownOption':
      return l10n.t('The option {0} of curl is not known here. Remove it to go on.', subject);
    case 'unsupported':
      if (written.endsWith('@-'))
        return l10n.t('{0} reads the body from another program. Write the body after -d instead.', subject);
      return l10n.t('{0} is not supported here. Remove it to go on.', subject);
    case 'header':
      return l10n.t('“{0}” is not a header: write `Name: value`.', subject);
    case 'notUnderstood':
      return l10n.t('This is not a request. Enter a URL, a curl command, or a browser’s “Copy as fetch”.');
    case 'quotes':
      return l10n.t(
        'Typographic quotes and dashes, such as {0} here, are none in a command: write plain ones in their place.',
        subject,
      );
    case 'fetch':
      return l10n.t('The fetch call can’t be read at “{0}”.', subject);
    case 'method':
      return l10n.t('“{0}” is not a valid HTTP method.', subject);
    default:
      return excessText(code);
  }
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
