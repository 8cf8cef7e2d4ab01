import type { StreamStatus } from '../messages/inspector';

/** Whether a request is under way, or will be. */
export function isRunning(state: StreamStatus['state']): boolean {
  return state === 'connecting' || state === 'open' || state === 'waiting';
}

/** How a stream stands whose host has gone: what had ended before stays as it was, and what only the host could do isn't offered. */
export function withoutHost(status: StreamStatus): StreamStatus {
  const ended = isRunning(status.state) ? { state: 'ended' as const, reason: undefined } : {};
  return { ...status, ...ended, reconnectIn: undefined, running: false, nextStep: undefined };
}
