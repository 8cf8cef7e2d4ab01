import type { ProtocolEvent } from '../model/protocolEvent';

/** Returns a test that looks at each event once: it is asked of the same hundred again with each one behind them, and reads their JSON. */
export function lookedAtOnce(test: (event: ProtocolEvent) => boolean): (event: ProtocolEvent) => boolean {
  const known = new WeakMap<ProtocolEvent, boolean>();
  return (event) => {
    const found = known.get(event) ?? test(event);
    known.set(event, found);
    return found;
  };
}
