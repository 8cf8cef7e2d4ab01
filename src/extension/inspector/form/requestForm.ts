import { l10n } from 'vscode';
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
import { excessText } from './excessText';
import { firstWord } from './firstWord';

/** Maximum length of a request, in UTF-16 code units: to look for secrets in more takes too long for one go. */
export const MAX_REQUEST = 1024 * 1024;

const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):(.*)$/;

/** A form that can't be sent as it is; the message says why, in the user's language. */
export class BadFormError extends Error {
  override readonly name = 'BadFormError';
}

/** The form that shows the request. A `Last-Event-ID` header has a field of its own; of a body that a file gives, only that is shown. */
export function toForm(given: StreamRequest): RequestForm {
  const { request, lastEventId } = withoutLastEventId(given);
  const { method, url, headers, body = '', bodyFile, insecure } = request;
  return {
    method,
    url,
    headers: headers.map(([name, value]) => `${name}: ${value}`).join('\n'),
    body: bodyFile === undefined ? body : '',
    ...(bodyFile === undefined ? {} : { bodyFile }),
    lastEventId,
    insecure,
    // To send a body twice may do twice what it asks for.
    reconnect: method === 'GET',
  };
}

/**
 * The request that the form shows, without the `Last-Event-ID`.
 * @throws {BadFormError}
 */
export function fromForm(form: RequestForm): StreamRequest {
  if (sizeOf(form) > MAX_REQUEST) throw new BadFormError(excessText('longRequest'));
  if (!isSendableId(form.lastEventId))
    throw new BadFormError(
      l10n.t('The Last-Event-ID is larger than 8,000 bytes, or has characters that headers can’t carry.'),
    );
  const method = form.method.trim() || 'GET';
  if (!isToken(method)) throw new BadFormError(l10n.t('“{0}” is not a valid HTTP method.', method));
  const [url, headers] = [readUrl(trimmedUrl(form.url)), readHeaders(form.headers)];
  const excess = excessOf({ url, headers });
  if (excess) throw new BadFormError(excessText(excess));
  const { bodyFile, insecure } = form;
  const body = form.body === '' ? undefined : form.body;
  return { method, url, headers, body, ...(bodyFile === undefined ? {} : { bodyFile }), insecure };
}

/** The form as a request, as far as masks go: it may be half typed. */
export function asRequest({ method, url, headers, body, insecure }: RequestForm): StreamRequest {
  return { method, url, headers: headers.split('\n').map((line): [string, string] => ['', line]), body, insecure };
}

/** Returns the length of what the form holds, in UTF-16 code units. */
export function sizeOf({ method, url, headers, body, bodyFile = '' }: RequestForm): number {
  return method.length + url.length + headers.length + body.length + bodyFile.length;
}

/** Whether the form holds more than can be sent, half typed as it may be. */
export function isTooLarge(form: RequestForm): boolean {
  if (sizeOf(form) > MAX_REQUEST) return true;
  return excessOf({ url: trimmedUrl(form.url), headers: headersOf(form.headers) }) !== undefined;
}

/** A form as it is being edited, with masks for its secrets. @param known as of `mask`, as is `found` */
export function maskForm(
  form: RequestForm,
  known: readonly Secret[],
  found?: FoundSpans,
): { form: RequestForm; secrets: Secret[] } {
  // Of a line that isn't a header yet, no one knows what it will be.
  const headers = headersOf(form.headers);
  const { method, url, body, insecure } = form;
  const { request, secrets } = mask({ method, url, headers, body, insecure }, known, found);
  // Of what isn't an address yet, no one knows what is secret.
  const shown = /^https?:/i.test(trimmedUrl(url)) && parsedUrl(url) ? request.url : '';
  return { form: { ...form, url: shown, headers: toForm(request).headers, body: request.body ?? '' }, secrets };
}

/** Without the signs around it that an address loses (URL Standard, "basic URL parser"). */
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

/** Without the lines that are none. */
function headersOf(text: string): [string, string][] {
  return text.split('\n').flatMap((line) => {
    const header = readHeader(line);
    return header ? [header] : [];
  });
}

/** Returns name and value of a line; undefined where it is no header. */
function readHeader(line: string): [name: string, value: string] | undefined {
  const [, name, value = ''] = HEADER.exec(line.trimStart()) ?? [];
  return name === undefined ? undefined : [name, withoutBlanks(value, ' \t')];
}
