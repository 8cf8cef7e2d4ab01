import { reasonOf } from '../text/reason';
import type { Translate } from '../text/translate';
import { CodingError } from './http/coding/codingError';
import type { End } from './http/end';
import { type Exchange, isEventStream, refusedCharset } from './http/exchange';
import { otherProtocol } from './http/otherProtocol';
import { RedirectError } from './http/redirect';
import { isCertificateError } from './http/tls/certificateError';
import type { InspectionStatus } from './inspectionStatus';
import { parsedUrl } from './request/parsedUrl';

/** OpenSSL's messages about a server without TLS, in the versions of Node 20 to 24. */
const PLAIN = /wrong.version.number|packet.length.too.long/i;

/**
 * Returns why the stream waits or is over, or what is wrong while it goes on, in the user's language.
 * @param url of the request
 */
export function statusReason(t: Translate, status: InspectionStatus, url: string): string | undefined {
  const { end, unfinished, response, isStream } = status;
  if (!end) return (isStream && response && remarks(t, response, status.isLines).join(' ')) || undefined;
  const said = [endReason(t, end, url, response)];
  if (status.isLines) said.push(t('JSON lines are not asked for again: they have no IDs to go on behind.'));
  if (unfinished) said.push(t('Its last event was incomplete and was discarded.'));
  if (hasExpired(status)) said.push(t('With a new token, Connect goes on behind the last ID.'));
  return said.join(' ');
}

/** Whether the server refuses to resume a stream that it has sent before, because the authorization is no longer valid. */
function hasExpired({ end, response, reconnects, lastEventId }: InspectionStatus): boolean {
  return (
    end?.cause === 'response' && reconnects > 0 && lastEventId !== '' && [401, 403].includes(response?.status ?? 0)
  );
}

/** Returns the faults that a browser, or Node's parser, finds in a response that is read all the same. */
function remarks(t: Translate, response: Exchange, isLines = false): string[] {
  const found: string[] = [];
  if (response.fault !== undefined) found.push(t('Not valid HTTP: {0}. It is read anyway.', response.fault));
  if (response.faultBefore !== undefined)
    found.push(t('The previous response was not valid HTTP: {0}. This one is read leniently.', response.faultBefore));
  if (isLines) return [...found, t('Read as JSON lines: each line is an event. There is no reconnect.')];
  if (!isEventStream(response)) found.push(t('A browser refuses it. {0}', answerReason(t, response)));
  const charset = refusedCharset(response);
  if (charset !== undefined)
    found.push(t('Chromium refuses it: its charset is {0}, not UTF-8, which it is read as here.', charset));
  return found;
}

/** Returns why the stream is over, and what to do, in the user's language. */
export function endReason(t: Translate, end: End, url: string, response: Exchange | undefined): string {
  const host = parsedUrl(url)?.host ?? hostOf(url);
  switch (end.cause) {
    case 'end':
      return t('The stream ended.');
    case 'noContent':
      return t('The server answered 204: there is nothing more to come.');
    case 'response':
      return end.failure
        ? `${answerReason(t, response)} ${networkReason(t, end.failure, host)}`
        : answerReason(t, response);
    case 'network':
      return redirectedReason(t, end, host);
  }
}

function answerReason(t: Translate, response: Exchange | undefined): string {
  if (response && isEventStream(response)) return t('It is shown as text, as you have chosen.');
  return response?.status === 200
    ? t('The response is not an event stream: its type is {0}, not text/event-stream.', response.contentType || '?')
    : t('The server answered {0} {1}.', response?.status ?? 0, response?.statusText ?? '');
}

/**
 * Returns the origin to which a redirect would send a secret in the body if the user approved; undefined for any other
 * end.
 */
export function originAskedFor(end: End | undefined): string | undefined {
  return end?.cause === 'network' && end.error instanceof RedirectError ? end.error.origin : undefined;
}

/** Whether the error means that the server doesn't speak TLS. */
export function isPlainError({ code = '', message }: Error & { code?: string }): boolean {
  return /^(EPROTO|ERR_SSL)/.test(code) && PLAIN.test(`${code} ${message}`);
}

/** Returns the reason with the host that failed: after redirects, it isn't the one of the request. */
function redirectedReason(t: Translate, end: Extract<End, { cause: 'network' }>, asked: string): string {
  const [before = asked, last = asked] = [asked, ...end.redirects.map(({ url }) => hostOf(url))].slice(-2);
  const failed = end.redirects.length > 0 ? last : asked;
  const target = originAskedFor(end);
  if (target !== undefined)
    return t('{0} redirects to {1}, and the body holds a secret. It was not sent there.', failed, target);
  const reason = networkReason(t, end.error, failed);
  return end.redirects.length === 0 ? reason : `${reason} ${t('{0} redirected there.', before)}`;
}

/**
 * Returns host and port as they are shown. Parsed as text: with a mask for a secret, it may be no valid URL, or another
 * one.
 */
function hostOf(shown: string): string {
  const [, host] = /^https?:\/\/(?:[^/?#]*@)?([^/?#]+)/i.exec(shown) ?? [];
  // The whole URL may be masked.
  return host ?? '•••';
}

function nameOf(host: string): string {
  return host.replace(/:\d+$/, '');
}

function codingOf(error: Error): string {
  return error instanceof CodingError ? error.coding : '';
}

function networkReason(t: Translate, error: Error & { code?: string }, host: string): string {
  // Already a sentence: in English, or of the editor, translated.
  if (error.name === 'ProxyError') return error.message;
  const { code = '', message } = error;
  if (code === 'ECONNREFUSED') return t('Nothing is listening on {0}. Is the server running?', host);
  if (code === 'EAI_AGAIN') return t('The name {0} can’t be looked up: is there a network?', nameOf(host));
  const other = otherProtocol(error);
  if (other === 'TLS') return t('{0} speaks TLS. Try https:// instead of http://.', host);
  if (other) return t('{0} speaks {1} only, which can’t be read here.', host, other);
  if (isPlainError(error)) return t('{0} doesn’t speak TLS. Try http:// instead of https://.', host);
  if (code === 'ENOTFOUND') return t('The host {0} could not be found.', nameOf(host));
  if (code === 'ETIMEDOUT') return t('{0} doesn’t answer.', host);
  if (code === 'ERR_INCOMPLETE') return t('The response ended before it was complete.');
  if (code === 'HPE_HEADER_OVERFLOW') return t('The head of the response is larger than 256 KB.');
  if (code.startsWith('HPE_')) return t('The response is not valid HTTP: {0}', message.replace(/^Parse Error: /, ''));
  if (code === 'ERR_CODING') return t('The response is encoded as {0}, which can’t be decoded here.', codingOf(error));
  if (code === 'ERR_CODING_UNSAID')
    return t('The response is {0}, but has no Content-Encoding header that says so.', codingOf(error));
  if (code === 'loop') return t('The server redirects in a loop.');
  if (code === 'location') return t('The server redirects to an address that can’t be followed.');
  if (code === 'DEPTH_ZERO_SELF_SIGNED_CERT')
    return t('The certificate of {0} isn’t trusted: it is self-signed ({1}).', host, code);
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID')
    return t('The certificate of {0} isn’t trusted: it is for another name ({1}).', host, code);
  if (code === 'CERT_HAS_EXPIRED') return t('The certificate of {0} isn’t trusted: it has expired ({1}).', host, code);
  if (isCertificateError(error))
    return t('The certificate of {0} isn’t trusted ({1}).', host, code === 'UNSPECIFIED' ? message : code);
  // The system's message contains the host name, which may be secret. Node's error for several addresses has only a code.
  const isCode = code === 'ECONNRESET' || 'hostname' in error || (code !== '' && message === '');
  return t('The connection broke: {0}', isCode ? code : reasonOf(error));
}
