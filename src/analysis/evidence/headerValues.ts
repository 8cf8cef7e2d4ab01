import type { ConnectionEvidence, HeadEvidence } from './evidence';

type Headers = Pick<HeadEvidence, 'headers'>;

/** Returns the values of all headers of that name, each item of their lists by itself. */
export function headerValues(head: Headers, name: string): string[] {
  return valuesOf(head, name)
    .flatMap((value) => value.split(','))
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** Returns the value of a response's header, those of several joined by commas; undefined if it has none. */
export function headerValue({ head }: ConnectionEvidence, name: string): string | undefined {
  const values = head ? valuesOf(head, name) : [];
  return values.length > 0 ? values.join(', ') : undefined;
}

function valuesOf({ headers }: Headers, name: string): string[] {
  const key = name.toLowerCase();
  return headers.filter(([given]) => given.toLowerCase() === key).map(([, value]) => value);
}
