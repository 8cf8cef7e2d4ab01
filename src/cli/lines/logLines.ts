// Lines of the logs of servers.
import { quote } from '../../server/http/quote';
import { withCodes } from '../../text/foreignText';
import { masked } from './masked';

/** A stream that has ended. Its age in milliseconds. */
export interface EndedStream {
  remote: string;
  eventsSent: number;
  age: number;
  wasCutOff: boolean;
}

/** A request that was refused. */
export interface RefusedRequest {
  remote: string;
  method: string;
  path: string;
  status: number;
  reason: string;
}

/** Returns the text with the time before it. */
export function stamped(text: string): string {
  return `${new Date().toISOString()} ${text}`;
}

export function openedLine(remote: string, count: number): string {
  return `open ${remote}, ${count} in all`;
}

export function closedLine({ remote, eventsSent, age, wasCutOff }: EndedStream, count: number): string {
  const why = wasCutOff ? ', as it did not read' : '';
  return `closed ${remote} after ${counted(eventsSent, 'event')}, ${seconds(age)}${why}, ${count} left`;
}

/** Returns the line about a refused request, with masks for secrets in its path and in the reason, which may quote it. */
export function refusedLine({ remote, method, path, status, reason }: RefusedRequest): string {
  return `refused ${remote} ${method} ${quote(masked(path))}: ${status} ${masked(reason)}`.trimEnd();
}

/** Returns a number with its noun: `1 event`, `2 events`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Returns milliseconds as seconds: `3.4 s`. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** Returns the line that says when a stream is asked for again, and why. */
export function reconnectLine({ delay, reason }: { delay: number; reason: string }): string {
  return `Reconnecting in ${seconds(delay)}: ${withCodes(reason)}`;
}
