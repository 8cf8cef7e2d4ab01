import type { ConnectionEvidence } from './evidence';

/** Returns the value of a response's header, those of several joined by commas; undefined if it has none. */
export function headerValue({ head }: ConnectionEvidence, name: string): string | undefined {
  const values = head?.headers.filter(([key]) => key.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  return values?.length ? values.join(', ') : undefined;
}
