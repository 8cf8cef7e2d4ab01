import { l10n } from 'vscode';
import { findMask, mask } from '../inspector/secrets';
import { isHeaderValue, isToken, type StreamRequest } from '../inspector/streamRequest';
import type { RequestForm } from '../messages/inspector';

const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*(.*?)[ \t]*$/;

/** A form that can't be sent as it is; the message says why, in the user's language. */
export class BadFormError extends Error {
  override readonly name = 'BadFormError';
}

/** The form that shows the request. A `Last-Event-ID` header has a field of its own. */
export function toForm({ method, url, headers, body = '', insecure }: StreamRequest): RequestForm {
  const isLastEventId = ([name]: [string, string]) => name.toLowerCase() === 'last-event-id';
  return {
    method,
    url,
    headers: headers
      .filter((header) => !isLastEventId(header))
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n'),
    body,
    lastEventId: headers.find(isLastEventId)?.[1] ?? '',
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
  const method = form.method.trim() || 'GET';
  if (!isToken(method)) throw new BadFormError(l10n.t('“{0}” is no HTTP method.', method));
  const body = form.body === '' ? undefined : form.body;
  return { method, url: readUrl(form.url.trim()), headers: readHeaders(form.headers), body, insecure: form.insecure };
}

/**
 * The request as it is, when its secrets are in it again.
 * @throws {BadFormError} where one is kept no more
 */
export function withoutMasks(request: StreamRequest): StreamRequest {
  const left = findMask(request);
  if (left === undefined) return request;
  throw new BadFormError(l10n.t('The secret {0} is no longer kept. Give it again.', left));
}

/** A form as it is being edited, with masks for its secrets. @param known as of `mask` */
export function maskForm(form: RequestForm, known: readonly string[]): { form: RequestForm; secrets: string[] } {
  const lines = form.headers.split('\n').map((line) => HEADER.exec(line.trimStart()));
  // Of a line that isn't a header yet, no one knows what it will be.
  const headers = lines.flatMap((line): [string, string][] => (line ? [[line[1] ?? '', line[2] ?? '']] : []));
  const { method, url, body, insecure } = form;
  const { request, secrets } = mask({ method, url, headers, body, insecure }, known);
  // Of what isn't an address yet, no one knows what is secret.
  const shown = /^https?:/i.test(url.trim()) && URL.canParse(url) ? request.url : '';
  return { form: { ...form, url: shown, headers: toForm(request).headers, body: request.body ?? '' }, secrets };
}

function readUrl(text: string): string {
  if (text === '') throw new BadFormError(l10n.t('There is no URL.'));
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol))
    throw new BadFormError(l10n.t('This is no address that begins with http:// or https://.'));
  return text;
}

function readHeaders(text: string): [string, string][] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line): [string, string] => {
    const [, name, value] = HEADER.exec(line.trimStart()) ?? [];
    if (name === undefined || value === undefined)
      throw new BadFormError(l10n.t('“{0}” is no header: a header is a name, a colon and a value.', line.trim()));
    if (!isHeaderValue(value))
      throw new BadFormError(l10n.t('The header {0} has a character that headers can’t carry.', name));
    return [name, value];
  });
}
