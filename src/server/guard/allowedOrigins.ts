/**
 * Which origins may read the server.
 * @param list origins as browsers write them (`http://localhost:5173`); `:*` for the port stands for any port, none included
 * @returns whether an `Origin` header's value is one of them, compared whole
 */
export function allowedOrigins(list: readonly string[]): (origin: string) => boolean {
  const origins = new Set(list.map(normalise));
  return (origin) => origins.has(origin) || origins.has(`${origin.replace(/:\d+$/, '')}:*`);
}

/** As a browser would send it: in lower case, without the port that the scheme implies. */
function normalise(origin: string): string {
  return origin.toLowerCase().replace(/^(http:.+):80$|^(https:.+):443$/, '$1$2');
}
