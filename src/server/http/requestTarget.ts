/** Splits a request's target, in origin-form or absolute-form (RFC 9112 §3.2). Never throws, unlike `new URL`. */
export function splitTarget(target: string): { path: string; query: string } {
  const [path = '', ...query] = target.replace(/^https?:\/\/[^/?]*/i, '').split('?');
  return { path: path || '/', query: query.join('?') };
}
