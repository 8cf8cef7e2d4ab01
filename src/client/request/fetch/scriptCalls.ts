import type { AnyNode, CallExpression, NewExpression } from 'acorn';
import { isRecord } from './scriptChanges';

/** Returns the name of what is called: `JSON.stringify`. */
export function nameOf({ callee }: CallExpression | NewExpression): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  if (
    callee.type !== 'MemberExpression' ||
    callee.object.type !== 'Identifier' ||
    callee.property.type !== 'Identifier'
  )
    return undefined;
  return `${callee.object.name}.${callee.property.name}`;
}

/** Whether it is `window.fetch`. */
export function isOfWindow(callee: AnyNode): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    /^(?:window|globalThis|self)$/.test(callee.object.name)
  );
}

/** Returns what `new URLSearchParams` makes. @param textOf a value */
export function queryOf(value: unknown, textOf: (value: unknown) => string): URLSearchParams {
  if (!isRecord(value) && !Array.isArray(value)) return new URLSearchParams(textOf(value));
  const pairs: unknown[] = isRecord(value) ? Object.entries(value) : value;
  // One that isn't two values makes it throw, as in a browser.
  return new URLSearchParams(pairs.map((pair) => (Array.isArray(pair) ? pair.map(textOf) : []) as [string, string]));
}

/** Returns a URL that may be written without its beginning; undefined where it is none. */
export function resolved(reference: string, base: string): string | undefined {
  return URL.canParse(reference, base) ? new URL(reference, base).href : undefined;
}

/** Returns what `btoa` makes; undefined where there is a sign beyond U+00FF, which it doesn't take. */
export function base64(text: string): string | undefined {
  return [...text].some((sign) => sign > '\xff') ? undefined : Buffer.from(text, 'latin1').toString('base64');
}
