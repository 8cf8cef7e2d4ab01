import type { Excess } from './requestLimits';

/**
 * The reason why a text isn't a request. `subject` is the wrong part, as it is written; for `quote`, the quote mark; for
 * `noUrl`, `tooLong`, `tooComplex` and an `Excess`, nothing.
 */
export type CurlErrorCode =
  | Excess
  | 'noUrl'
  /** The text is longer than anyone would paste. */
  | 'tooLong'
  /** Reading the text would take too much time or memory. */
  | 'tooComplex'
  | 'manyUrls'
  /** The URL can't be requested. */
  | 'url'
  /** The scheme is neither `http:` nor `https:`. */
  | 'scheme'
  /** A quote isn't closed. */
  | 'quote'
  /** The last option lacks its value. */
  | 'noValue'
  | 'unknownOption'
  /** curl can do it, the inspector can't. */
  | 'unsupported'
  /** A typographic quote or dash stands where a command needs a plain one. */
  | 'quotes'
  /** A call of fetch can't be read. */
  | 'fetch'
  /** The text is neither a URL nor a known command or call. */
  | 'notUnderstood'
  /** The header can't be sent: it has no name, or a control character. */
  | 'header'
  | 'method';

const MESSAGES: Record<CurlErrorCode, string> = {
  noUrl: 'There is no URL',
  tooLong: 'The text is too long',
  tooComplex: 'The text is too complex',
  longUrl: 'The URL is too long',
  longHost: 'The host is too long',
  longHeaderName: 'The name of a header is too long',
  longHeaders: 'The headers are too long',
  manyHeaders: 'There are too many headers',
  manyUrls: 'There is more than one URL',
  url: 'This is not a URL',
  scheme: 'Only http: and https: can be requested',
  quote: 'A quote is not closed',
  noValue: 'An option needs a value',
  unknownOption: 'curl has no such option, or it is not known here',
  unsupported: 'This is not supported',
  quotes: 'Quotes and dashes of a command are plain ones',
  fetch: 'The call of fetch can’t be read',
  notUnderstood: 'Neither a URL nor a curl command nor a call of fetch',
  header: 'This is not a header',
  method: 'This is not a method',
};

/** Maximum length of a subject, in characters: it is shown on one line. */
export const MAX_SUBJECT = 200;

/** An error for a text without a request. Its message is for logs: the editor has its own messages, by code. */
export class CurlError extends Error {
  override readonly name = 'CurlError';
  readonly code: CurlErrorCode;
  readonly subject: string | undefined;

  constructor(code: CurlErrorCode, subject?: string) {
    const shown = subject !== undefined && subject.length > MAX_SUBJECT ? `${subject.slice(0, MAX_SUBJECT)}…` : subject;
    super(shown === undefined ? MESSAGES[code] : `${MESSAGES[code]}: ${shown}`);
    this.code = code;
    this.subject = shown;
  }
}
