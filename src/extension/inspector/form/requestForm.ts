import { l10n } from 'vscode';
import { excessText } from '../../../client/excessText';
import { firstWord } from '../../../client/firstWord';
import { withoutBlanks } from '../../../client/http/blanks';
import { parsedUrl } from '../../../client/request/parsedUrl';
import { excessOf } from '../../../client/request/requestLimits';
import type { FoundSpans } from '../../../client/request/secrets/requestTexts';
import { mask, type Secret } from '../../../client/request/secrets/secrets';
import {
  isHeaderValue,
  isSendableId,
  isToken,
  type StreamRequest,
  withoutLastEventId,
} from '../../../client/request/streamRequest';
import type { RequestForm } from '../../../messages/inspector';

/** Maximum length of a request, in UTF-16 code units: searching more for secrets takes too long for one turn. */
export const MAX_REQUEST = 1024 * 1024;

const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)$/;

/** Error about a form that can't be sent; the message is in the user's language. */
export class BadFormError extends Error {
  override readonly name = 'BadFormError';
}

/**
 * Returns the form for a request. A `Last-Event-ID` header becomes a field; a body that comes from a file is represented by
 * the file's name only.
 * @param plain the request without masks: those of a `Last-Event-ID` wouldn't be filled in. Default: the same
 */
export function toForm(given: StreamRequest, plain = given): RequestForm {
  const [{ request }, { lastEventId }] = [withoutLastEventId(given), withoutLastEventId(plain)];
  const { method, url, headers, body = '', bodyFile, insecure } = request;
  return {
    method,
    url,
    headers: headers.map(([name, value]) => `${name}: ${value}`).join('\n'),
    body: bodyFile === undefined ? body : '',
    ...(bodyFile === undefined ? {} : { bodyFile }),
    lastEventId,
    insecure,
    // Sending a body twice may perform its action twice.
    reconnect: method === 'GET',
  };
}

/**
 * Returns the request of the form, without its `Last-Event-ID`.
 * @throws {BadFormError}
 */
export function fromForm(form: RequestForm): StreamRequest {
  if (sizeOf(form) > MAX_REQUEST) throw new BadFormError(excessText(l10n.t, 'longRequest'));
  if (!isSendableId(form.lastEventId))
    throw new BadFormError(
      l10n.t('The Last-Event-ID is larger than 8,000 bytes, or has characters that headers can’t carry.'),
    );
  const method = form.method.trim() || 'GET';
  if (!isToken(method)) throw new BadFormError(l10n.t('“{0}” is not a valid HTTP method.', method));
  const [url, headers] = [readUrl(trimmedUrl(form.url)), readHeaders(form.headers)];
  const excess = excessOf({ url, headers });
  if (excess) throw new BadFormError(excessText(l10n.t, excess));
  const { bodyFile, insecure } = form;
  const body = form.body === '' ? undefined : form.body;
  return { method, url, headers, body, ...(bodyFile === undefined ? {} : { bodyFile }), insecure };
}

/** Returns the form as a request, for its masks only: it may be half typed. */
export function asRequest({ method, url, headers, body, insecure }: RequestForm): StreamRequest {
  return { method, url, headers: headers.split('\n').map((line): [string, string] => ['', line]), body, insecure };
}

/** Returns the length of the form's texts, in UTF-16 code units. */
export function sizeOf({ method, url, headers, body, bodyFile = '' }: RequestForm): number {
  return method.length + url.length + headers.length + body.length + bodyFile.length;
}

/** Whether the form is too large to be sent; it may be half typed. */
export function isTooLarge(form: RequestForm): boolean {
  if (Math.max(sizeOf(form), form.lastEventId.length) > MAX_REQUEST) return true;
  return excessOf({ url: trimmedUrl(form.url), headers: headersOf(form.headers) }) !== undefined;
}

/** Returns a form that is being edited with its secrets masked. @param known see `mask` @param found see `mask` */
export function maskForm(
  form: RequestForm,
  known: readonly Secret[],
  found?: FoundSpans,
): { form: RequestForm; secrets: Secret[] } {
  // An unfinished header line may contain part of a secret, so it is left out.
  const headers = headersOf(form.headers);
  const { method, url, body, insecure } = form;
  const { request, secrets } = mask({ method, url, headers, body, insecure }, known, found);
  // The same for an unfinished URL.
  const shown = /^https?:/i.test(trimmedUrl(url)) && parsedUrl(url) ? request.url : '';
  return { form: { ...form, url: shown, headers: toForm(request).headers, body: request.body ?? '' }, secrets };
}

/** Returns the URL without the leading and trailing characters that parsers strip (URL Standard, "basic URL parser"). */
function trimmedUrl(url: string): string {
  const text = url.trim();
  let [start, end] = [0, text.length];
  while (start < end && text.charAt(start) <= ' ') start += 1;
  while (end > start && text.charAt(end - 1) <= ' ') end -= 1;
  return text.slice(start, end);
}

function readUrl(text: string): string {
  if (text === '') throw new BadFormError(l10n.t('There is no URL.'));
  const url = parsedUrl(text);
  if (!/^https?:/i.test(url?.protocol ?? text))
    throw new BadFormError(l10n.t('The URL must start with http:// or https://.'));
  if (!url) throw new BadFormError(l10n.t('The URL is not valid. Correct it.'));
  return text;
}

function readHeaders(text: string): [string, string][] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line): [string, string] => {
    const [name, value] = readHeader(line) ?? [];
    if (name === undefined || value === undefined)
      throw new BadFormError(l10n.t('“{0}” is not a header: write `Name: value`.', firstWord(line.trim())));
    if (!isHeaderValue(value))
      throw new BadFormError(l10n.t('The header {0} has a character that headers can’t carry.', name));
    return [name, value];
  });
}

/** Returns the headers, without the lines that aren't valid ones. */
function headersOf(text: string): [string, string][] {
  return text.split('\n').flatMap((line) => {
    const header = readHeader(line);
    return header ? [header] : [];
  });
}

/** Returns name and value of a line; undefined if it is not a header. */
function readHeader(line: string): [name: string, value: string] | undefined {
  const [, name, value = ''] = HEADER.exec(line.trimStart()) ?? [];
  return name === undefined ? undefined : [name, withoutBlanks(value, ' \t')];
}
