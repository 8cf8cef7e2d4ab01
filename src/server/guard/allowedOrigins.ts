/**
 * Returns a predicate for the origins that may read the server.
 * @param list origins as browsers write them (`http://localhost:5173`); the port `:*` stands for any port, or none
 * @returns whether an `Origin` header's whole value is one of them
 */
export function allowedOrigins(list: readonly string[]): (origin: string) => boolean {
  const origins = new Set(list.map(normalise));
  return (origin) => origins.has(origin) || origins.has(`${origin.replace(/:\d+$/, '')}:*`);
}

/** Returns the origin as a browser sends it: in lower case, without the scheme's default port. */
function normalise(origin: string): string {
  return origin.toLowerCase().replace(/^(http:.+):80$|^(https:.+):443$/, '$1$2');
}
