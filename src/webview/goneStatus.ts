import type { StreamStatus } from '../messages/inspector';

/** The states in which a request is under way, or will be. */
const RUNNING: readonly StreamStatus['state'][] = ['connecting', 'open', 'waiting'];

/** How a stream stands whose host has gone: what had ended before stays as it was, and what only the host could do isn't offered. */
export function withoutHost(status: StreamStatus): StreamStatus {
  const ended = RUNNING.includes(status.state) ? { state: 'ended' as const, reason: undefined } : {};
  return { ...status, ...ended, reconnectIn: undefined, running: false, nextStep: undefined };
}
