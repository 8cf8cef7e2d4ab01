/** Names of parameters that stand for the header: those of polyfills (`lastEventId`, `evs_last_event_id`) and of Mercure (`lastEventID`). */
const NAME = /^(evs_)?last[-_]?event[-_]?id$/i;

/** The id that a client has seen last, and its query without the parameters that say it. */
export interface LastSeen {
  /** Undefined where the client says none. */
  lastEventId: string | undefined;
  query: string;
}

/**
 * Reads `Last-Event-ID` (WHATWG HTML §9.2.4), and the query's parameter where the header isn't there: a polyfill that can't
 * set headers, and a first request for a Mercure hub, say it so. Of several parameters the last counts.
 * @param header as Node gives it: each character is a byte of UTF-8
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
