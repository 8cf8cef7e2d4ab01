import type { AnyNode, CallExpression, NewExpression } from 'acorn';
import { isRecord } from './scriptChanges';

/** Returns the name of the called function: `JSON.stringify`. */
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

/** Whether the callee is a member of the global object, such as `window.fetch`. */
export function isOfWindow(callee: AnyNode): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'Identifier' &&
    /^(?:window|globalThis|self)$/.test(callee.object.name)
  );
}

/** Returns the result of `new URLSearchParams`. @param textOf converts a value to text */
export function queryOf(value: unknown, textOf: (value: unknown) => string): URLSearchParams {
  if (!isRecord(value) && !Array.isArray(value)) return new URLSearchParams(textOf(value));
  const pairs: unknown[] = isRecord(value) ? Object.entries(value) : value;
  // An entry that isn't a pair makes it throw, as in a browser.
  return new URLSearchParams(pairs.map((pair) => (Array.isArray(pair) ? pair.map(textOf) : []) as [string, string]));
}

/** Returns a relative URL resolved against a base; undefined if it is invalid. */
export function resolved(reference: string, base: string): string | undefined {
  return URL.canParse(reference, base) ? new URL(reference, base).href : undefined;
}

/** Returns the result of `btoa`; undefined if the text has a character beyond U+00FF, which `btoa` rejects. */
export function base64(text: string): string | undefined {
  return [...text].some((sign) => sign > '\xff') ? undefined : Buffer.from(text, 'latin1').toString('base64');
}
