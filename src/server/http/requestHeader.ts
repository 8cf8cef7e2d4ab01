import type { IncomingMessage } from 'node:http';

/**
 * Returns the values of a request's header, in order. It reads the raw headers: Node would make objects of them, which stay
 * as long as the stream that the request opens, 1 KB for each.
 * @param name in lower case
 */
export function headerValues({ rawHeaders }: IncomingMessage, name: string): string[] {
  const values: string[] = [];
  // Names and values alternate.
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const given = rawHeaders[at];
    if (given?.length === name.length && given.toLowerCase() === name) values.push(rawHeaders[at + 1] ?? '');
  }
  return values;
}

/** Returns the value of a request's header, several joined by a comma; undefined if it isn't sent. @param name in lower case */
export function requestHeader(request: IncomingMessage, name: string): string | undefined {
  const values = headerValues(request, name);
  return values.length === 0 ? undefined : values.join(', ');
}

/** Whether a request has a body (RFC 9112 §6.3). */
export function hasBody(request: IncomingMessage): boolean {
  return (
    (requestHeader(request, 'content-length') ?? '0') !== '0' ||
    requestHeader(request, 'transfer-encoding') !== undefined
  );
}
