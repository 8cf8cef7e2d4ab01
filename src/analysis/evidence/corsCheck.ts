import type { HeadEvidence, RequestEvidence } from './evidence';
import { headerValues } from './headerValues';

/**
 * Reasons for which a page may not read a response of another origin (Fetch §4.9 "CORS check"). `missing`: it allows no
 * origin · `other`: it allows another · `two`: it names more than one · `wildcard`: `*`, which isn't enough for a page
 * that sends cookies · `credentials`: the origin is right, but cookies aren't allowed.
 */
export type CorsFault = 'missing' | 'other' | 'two' | 'wildcard' | 'credentials';

/** Returns why a page may not read the response; undefined if it may. @param origin of the page */
export function corsFault(
  head: Pick<HeadEvidence, 'headers'>,
  origin: string,
  withCookies: boolean,
): CorsFault | undefined {
  const allowed = headerValues(head, 'access-control-allow-origin');
  const [first] = allowed;
  if (first === undefined) return 'missing';
  if (allowed.length > 1) return 'two';
  if (first === '*') return withCookies ? 'wildcard' : undefined;
  if (first !== origin) return 'other';
  return withCookies && !headerValues(head, 'access-control-allow-credentials').includes('true')
    ? 'credentials'
    : undefined;
}

/** Whether a page would send cookies with the request: the user has given one. */
export function sendsCookies({ headers }: Pick<RequestEvidence, 'headers'>): boolean {
  return headers.includes('cookie');
}
