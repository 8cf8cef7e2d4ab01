import { CurlError } from '../curlError';
import type { CurlDraft } from './curlDraft';
import { IGNORED_FLAGS, IGNORED_VALUES, PASSED_FLAGS, REFUSED } from './curlOptionNames';

/** The effect of an option on a draft. @param option as it is written: `-d` or `--data` */
type Effect = (draft: CurlDraft, value: string, option: string) => void;

interface CurlOption {
  takesValue: boolean;
  effect: Effect;
}

const FLAG = false;
const VALUE = true;

/** The options: their names, whether they take a value, and their effect (curl's manual, curl.1). */
const TABLE: [names: string, takesValue: boolean, effect: Effect][] = [
  ['--url', VALUE, addUrl],
  ['--url-query', VALUE, addQuery],
  ['-g --globoff', FLAG, set(() => ({ globOff: true }))],
  ['--no-globoff', FLAG, set(() => ({ globOff: false }))],
  ['-X --request', VALUE, set((method) => ({ method }))],
  ['-G --get', FLAG, set(() => ({ get: true }))],
  ['--no-get', FLAG, set(() => ({ get: false }))],
  ['-I --head', FLAG, set(() => ({ head: true }))],
  ['--no-head', FLAG, set(() => ({ head: false }))],
  ['-H --header', VALUE, addHeader],
  ['-A --user-agent', VALUE, (draft, value) => imply(draft, 'User-Agent', value)],
  ['-e --referer', VALUE, (draft, value) => imply(draft, 'Referer', value.replace(/;auto$/, ''))],
  ['-b --cookie', VALUE, addCookie],
  ['-u --user', VALUE, set((user) => ({ user }))],
  ['--oauth2-bearer', VALUE, (draft, value) => imply(draft, 'Authorization', `Bearer ${value}`)],
  ['--compressed', FLAG, (draft) => imply(draft, 'Accept-Encoding', 'gzip, deflate, br')],
  ['--no-compressed', FLAG, (draft) => imply(draft, 'Accept-Encoding', '')],
  ['-d --data --data-ascii', VALUE, (draft, value, option) => addData(draft, textOf(draft, value, option, false))],
  ['--data-binary', VALUE, (draft, value, option) => addData(draft, textOf(draft, value, option, true))],
  ['--data-raw', VALUE, addData],
  ['--data-urlencode', VALUE, (draft, value, option) => addData(draft, urlEncoded(draft, value, option))],
  ['--json', VALUE, addJson],
  ['-k --insecure', FLAG, set(() => ({ insecure: true }))],
  ['--no-insecure', FLAG, set(() => ({ insecure: false }))],
  [PASSED_FLAGS, FLAG, () => {}],
  [IGNORED_FLAGS, FLAG, ignore],
  [IGNORED_VALUES, VALUE, ignore],
  [REFUSED, FLAG, refuse],
];

const OPTIONS = new Map<string, CurlOption>(
  TABLE.flatMap(([names, takesValue, effect]) =>
    names.split(/\s+/).map((name): [string, CurlOption] => [name, { takesValue, effect }]),
  ),
);

/**
 * Returns an option by its name, or by an unambiguous prefix of it, as curl does.
 * @param option as it is written; a short one alone
 * @throws {CurlError} `unknownOption`
 */
export function curlOption(option: string): CurlOption {
  const known = OPTIONS.get(option) ?? begun(option);
  if (!known) throw new CurlError('unknownOption', option);
  return known;
}

function begun(option: string): CurlOption | undefined {
  if (!/^--[a-z][\w.-]*$/.test(option)) return undefined;
  const isNegated = option.startsWith('--no-');
  const names = [...OPTIONS.keys()].filter((name) => name.startsWith(option) && name.startsWith('--no-') === isNegated);
  const [first, ...others] = names.map((name) => OPTIONS.get(name));
  // If several have the same effect here, it doesn't matter which.
  const isOne = others.every((other) => other?.takesValue === first?.takesValue && other?.effect === first?.effect);
  if (first && isOne) return first;
  // Any flag can be negated.
  const flag = isNegated && names.length === 0 ? OPTIONS.get(`--${option.slice('--no-'.length)}`) : undefined;
  return flag?.takesValue === FLAG && flag.effect !== refuse ? { takesValue: FLAG, effect: ignore } : undefined;
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

/** Adds a URL. Since curl 8.13, `@file` is a list of URLs. */
function addUrl(draft: CurlDraft, value: string, option: string): void {
  if (value.startsWith('@')) refuse(draft, value, `${option} ${value}`);
  draft.urls.push(value);
}

function imply({ implied }: CurlDraft, name: string, value: string): void {
  if (value === '') implied.delete(name);
  else implied.set(name, value);
}

/**
 * Adds a header: `Name: value`; `Name;` has an empty value; `Name:` removes a default header; `@file` has a header on each
 * line.
 */
function addHeader(draft: CurlDraft, text: string, option: string): void {
  if (text.startsWith('@')) {
    refuseUnknown(draft, text, option);
    const lines = textOf(draft, text, option, true).split(/\r?\n/);
    for (const line of lines.filter(Boolean)) addHeader(draft, line.replace(/^@/, ' @'), option);
    return;
  }
  const [, name, sign, given = ''] = /^([\w!#$%&'*+.^`|~-]+)\s*([:;])(.*)$/s.exec(text) ?? [];
  const value = given.trim();
  if (name === undefined || (sign === ';' && value !== '')) throw new CurlError('header', text);
  draft.named.add(name.toLowerCase());
  if (sign === ';' || value !== '') draft.headers.push([name, value]);
}

/** Adds a cookie. A file of cookies isn't supported. */
function addCookie(draft: CurlDraft, value: string, option: string): void {
  if (value === '') return;
  if (!value.includes('=')) throw new CurlError('unsupported', `${option} ${value}`);
  const before = draft.implied.get('Cookie');
  imply(draft, 'Cookie', before === undefined ? value : `${before};${value}`);
}

function addData(draft: CurlDraft, value: string): void {
  draft.data = draft.data === undefined ? value : `${draft.data}&${value}`;
}

function addJson(draft: CurlDraft, value: string, option: string): void {
  // JSON is joined without an `&`.
  draft.data = (draft.data ?? '') + textOf(draft, value, option, true);
  imply(draft, 'Content-Type', 'application/json');
  imply(draft, 'Accept', 'application/json');
}

/** Adds to the query. A value that begins with + isn't encoded. */
function addQuery(draft: CurlDraft, value: string, option: string): void {
  if (!value.includes('=')) refuseUnknown(draft, value, option);
  draft.query.push(value.startsWith('+') ? value.slice(1) : urlEncoded(draft, value, option));
}

/**
 * Refuses a file that isn't known: it may be the body, but not a part of the URL or the headers, which are shown and
 * stored.
 */
function refuseUnknown(draft: CurlDraft, value: string, option: string): void {
  const path = /@(.*)$/s.exec(value)?.[1];
  if (path !== undefined && path !== '-' && !draft.environment.hasFile(path)) refuse(draft, '', `${option} ${value}`);
}

/**
 * Returns the value, or the text of the file that it names after `@`: `-` is the standard input.
 * @param isBinary whether the file's line ends are kept
 */
function textOf(draft: CurlDraft, value: string, option: string, isBinary: boolean): string {
  if (!value.startsWith('@')) return value;
  const path = value.slice(1);
  const text = path === '-' || path === '/dev/stdin' ? draft.stdin() : draft.environment.file(path);
  if (text === undefined) throw new CurlError('unsupported', `${option} ${value}`);
  return isBinary ? text : text.replace(/[\r\n\0]/g, '');
}

/**
 * Returns the encoded form of `content`, `=content`, `name=content`, `@file` or `name@file`; only the content is encoded,
 * a space as +.
 */
function urlEncoded(draft: CurlDraft, value: string, option: string): string {
  const [, name = '', sign, rest = ''] = /^([^=]*)(=)(.*)$/s.exec(value) ?? /^([^@]*)(@)(.*)$/s.exec(value) ?? [];
  const content = sign === '@' ? textOf(draft, `@${rest}`, option, true) : sign === '=' ? rest : value;
  const bytes = Buffer.from(content).toString('latin1');
  const encode = (byte: string) => `%${byte.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`;
  const encoded = bytes.replace(/[^\w.~ -]/g, encode).replaceAll(' ', '+');
  return name === '' ? encoded : `${name}=${encoded}`;
}
