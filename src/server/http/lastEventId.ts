/** Parameters in place of the header, by polyfills (`lastEventId`, `evs_last_event_id`) and Mercure (`lastEventID`). */
const NAME = /^(evs_)?last[-_]?event[-_]?id$/i;

/** The last id that a client has seen, and its query without the parameters that state it. */
export interface LastSeen {
  /** The id; undefined if the client states none. */
  lastEventId: string | undefined;
  query: string;
}

/**
 * Reads `Last-Event-ID` (WHATWG HTML §9.2.4), or the query's parameter if there is no such header: polyfills that can't set
 * headers use it, and first requests to a Mercure hub. If there are several parameters, the last counts.
 * @param header as Node returns it: each character is a byte of UTF-8
 * @param text the query without its `?`
 */
export function readLastEventId(header: string | undefined, text: string): LastSeen {
  const pairs = text.split('&');
  const others = pairs.filter((pair) => !NAME.test(nameOf(pair)));
  const query = others.length === pairs.length ? text : others.join('&');
  if (header) return { lastEventId: Buffer.from(header, 'latin1').toString(), query };
  const pair = pairs.findLast((pair) => NAME.test(nameOf(pair)));
  const value = pair && new URLSearchParams(pair).get(nameOf(pair));
  return { lastEventId: value || undefined, query };
}

function nameOf(pair: string): string {
  return pair.split('=', 1)[0] ?? '';
}
