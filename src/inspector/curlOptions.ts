import type { Excess } from './requestLimits';

/** `subject` is what is wrong, as it is written, except for `quote` (the quote mark), `noUrl`, `tooLong` and an `Excess` (nothing). */
export type CurlErrorCode =
  | Excess
  | 'noUrl'
  /** It is more than anyone would paste. */
  | 'tooLong'
  | 'manyUrls'
  /** It is none that could be requested. */
  | 'url'
  /** Neither `http:` nor `https:`. */
  | 'scheme'
  /** A quote isn't closed. */
  | 'quote'
  /** The last option lacks its value. */
  | 'noValue'
  | 'unknownOption'
  /** curl can do it, the inspector can't. */
  | 'unsupported'
  /** It couldn't be sent: no name, or a control character. */
  | 'header'
  | 'method';

const MESSAGES: Record<CurlErrorCode, string> = {
  noUrl: 'There is no URL',
  tooLong: 'The text is too long',
  longUrl: 'The URL is too long',
  longHost: 'The host is too long',
  longHeaderName: 'The name of a header is too long',
  longHeaders: 'The headers are too long',
  manyHeaders: 'There are too many headers',
  manyUrls: 'There is more than one URL',
  url: 'This is not a URL',
  scheme: 'Only http: and https: can be requested',
  quote: 'A quote is not closed',
  noValue: 'An option lacks its value',
  unknownOption: 'curl has no such option, or it is not known here',
  unsupported: 'This is not supported',
  header: 'This is not a header',
  method: 'This is not a method',
};

/** Maximum length of a subject, in characters: it is to be read in one line. */
export const MAX_SUBJECT = 200;

/** Why there is no request in a text. The message is for logs: the editor has its own, by the code. */
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

/** What of a pasted text is not in its request, or not as its shell would have it. */
export interface RequestNote {
  /**
   * `ignored`: an option without effect here. `rest`: what stands before the command, or follows it, from `|`, `;`, `&`, `>` or the
   * line's end on. `placeholder`: a value that isn't given stands in the request by its name, as it is written. `file`: the text of a
   * file isn't in the request. `ampersand`: a URL went on behind an `&` that isn't quoted. `doubledQuotes`: `""` was read as a
   * quote, as on Windows.
   */
  code: 'ignored' | 'rest' | 'placeholder' | 'file' | 'ampersand' | 'doubledQuotes';
  /** As it is written; of a file, its path. */
  subject: string;
}

/** The request that the options of a command describe, as far as they are read. */
export interface CurlDraft {
  urls: string[];
  method: string | undefined;
  /** As `-H` gives them. */
  headers: [name: string, value: string][];
  /** Names in lower case that `-H` has given or taken away: no other option sets these. */
  named: Set<string>;
  /** What options other than `-H` set. */
  implied: Map<string, string>;
  user: string | undefined;
  data: string | undefined;
  /** Parts that are put to the URL's query. */
  query: string[];
  get: boolean;
  head: boolean;
  insecure: boolean;
  globOff: boolean;
  notes: RequestNote[];
}

/** @param option as it is written: `-d` or `--data` */
type Effect = (draft: CurlDraft, value: string, option: string) => void;

interface CurlOption {
  takesValue: boolean;
  effect: Effect;
}

const FLAG = false;
const VALUE = true;

/** Names of options, whether they take a value, and what they do (curl's manual, curl.1). */
const TABLE: [names: string, takesValue: boolean, effect: Effect][] = [
  ['--url', VALUE, (draft, value) => draft.urls.push(value)],
  ['--url-query', VALUE, addQuery],
  ['-g --globoff', FLAG, set(() => ({ globOff: true }))],
  ['-X --request', VALUE, set((method) => ({ method }))],
  ['-G --get', FLAG, set(() => ({ get: true }))],
  ['-I --head', FLAG, set(() => ({ head: true }))],
  ['-H --header', VALUE, addHeader],
  ['-A --user-agent', VALUE, (draft, value) => imply(draft, 'User-Agent', value)],
  ['-e --referer', VALUE, (draft, value) => imply(draft, 'Referer', value.replace(/;auto$/, ''))],
  ['-b --cookie', VALUE, addCookie],
  ['-u --user', VALUE, set((user) => ({ user }))],
  ['--oauth2-bearer', VALUE, (draft, value) => imply(draft, 'Authorization', `Bearer ${value}`)],
  ['--compressed', FLAG, (draft) => imply(draft, 'Accept-Encoding', 'gzip, deflate, br')],
  ['-d --data --data-ascii --data-binary', VALUE, addInlineData],
  ['--data-raw', VALUE, addData],
  ['--data-urlencode', VALUE, (draft, value, option) => addData(draft, urlEncoded(value, option))],
  ['--json', VALUE, addJson],
  ['-k --insecure', FLAG, set(() => ({ insecure: true }))],
  // The answer is shown in any case, as it comes and with its head; redirects are followed.
  ['-N --no-buffer -i --include -v --verbose -s --silent -S --show-error --no-progress-meter', FLAG, () => {}],
  ['-# --progress-bar -L --location -f --fail --fail-with-body --basic --http1.1', FLAG, () => {}],
  ['-0 --http1.0 --http2 --http3 -4 --ipv4 -6 --ipv6 --tcp-nodelay --no-keepalive', FLAG, ignore],
  ['-m --max-time --connect-timeout --max-redirs --keepalive-time --limit-rate', VALUE, ignore],
  ['--retry --retry-delay --retry-max-time', VALUE, ignore],
  ['-o --output -w --write-out -D --dump-header -c --cookie-jar', VALUE, ignore],
  ['-F --form --form-string -T --upload-file -: --next -K --config', FLAG, refuse],
  ['-x --proxy -E --cert --key --cacert --resolve --connect-to --unix-socket', FLAG, refuse],
  ['--digest --ntlm --negotiate --aws-sigv4 -n --netrc -r --range', FLAG, refuse],
];

const OPTIONS = new Map<string, CurlOption>(
  TABLE.flatMap(([names, takesValue, effect]) => names.split(' ').map((name) => [name, { takesValue, effect }])),
);

/**
 * @param option as it is written, a short one by itself
 * @throws {CurlError} `unknownOption`
 */
export function curlOption(option: string): CurlOption {
  const known = OPTIONS.get(option);
  if (!known) throw new CurlError('unknownOption', option);
  return known;
}

function set(change: (value: string) => Partial<CurlDraft>): Effect {
  return (draft, value) => {
    Object.assign(draft, change(value));
  };
}

function ignore({ notes }: CurlDraft, _value: string, option: string): void {
  notes.push({ code: 'ignored', subject: option });
}

function refuse(_draft: CurlDraft, _value: string, option: string): void {
  throw new CurlError('unsupported', option);
}

function imply({ implied }: CurlDraft, name: string, value: string): void {
  if (value === '') implied.delete(name);
  else implied.set(name, value);
}

/** `Name: value`; `Name;` is an empty value; `Name:` takes away what is sent otherwise. */
function addHeader(draft: CurlDraft, text: string, option: string): void {
  if (text.startsWith('@')) {
    ignore(draft, '', `${option} ${text}`);
    return;
  }
  const [, name, sign, given = ''] = /^([\w!#$%&'*+.^`|~-]+)\s*([:;])(.*)$/s.exec(text) ?? [];
  const value = given.trim();
  if (name === undefined || (sign === ';' && value !== '')) throw new CurlError('header', text);
  draft.named.add(name.toLowerCase());
  if (sign === ';' || value !== '') draft.headers.push([name, value]);
}

function addCookie(draft: CurlDraft, value: string, option: string): void {
  if (value === '') return;
  if (!value.includes('=')) throw new CurlError('unsupported', `${option} ${value}`);
  const before = draft.implied.get('Cookie');
  imply(draft, 'Cookie', before === undefined ? value : `${before}; ${value}`);
}

function addData(draft: CurlDraft, value: string): void {
  draft.data = draft.data === undefined ? value : `${draft.data}&${value}`;
}

function addInlineData(draft: CurlDraft, value: string, option: string): void {
  refuseFile(value, option);
  addData(draft, value);
}

function addJson(draft: CurlDraft, value: string, option: string): void {
  refuseFile(value, option);
  // Without the & of form fields.
  draft.data = (draft.data ?? '') + value;
  imply(draft, 'Content-Type', 'application/json');
  imply(draft, 'Accept', 'application/json');
}

/** What begins with + is taken as it is. */
function addQuery({ query }: CurlDraft, value: string, option: string): void {
  query.push(value.startsWith('+') ? value.slice(1) : urlEncoded(value, option));
}

function refuseFile(value: string, option: string): void {
  if (value.startsWith('@')) throw new CurlError('unsupported', `${option} ${value}`);
}

/** `content`, `=content` or `name=content`; only the content is encoded, a space as +. */
function urlEncoded(value: string, option: string): string {
  const equals = value.indexOf('=');
  if (equals < 0 && value.includes('@')) throw new CurlError('unsupported', `${option} ${value}`);
  const name = equals > 0 ? value.slice(0, equals + 1) : '';
  const bytes = Buffer.from(value.slice(equals + 1)).toString('latin1');
  const encode = (byte: string) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`;
  return name + bytes.replace(/[^\w.~ -]/g, encode).replaceAll(' ', '+');
}
