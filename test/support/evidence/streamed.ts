import type { ChunkEvidence, ConnectionEvidence } from '../../../src/analysis/evidence/evidence';
import { connection, eventsAt } from './evidence';

/** Returns a connection to which events of 20 bytes came at the given times, each in a chunk of its own. */
export function streamedAt(times: number[], more: Partial<ConnectionEvidence> = {}): ConnectionEvidence {
  const events = eventsAt(...times);
  return connection({ events, chunks: chunksAt(times), ...more });
}

/** Returns whole chunks of equal size at the given times. */
export function chunksAt(times: number[], size = 20, more: Partial<ChunkEvidence> = {}): ChunkEvidence[] {
  return times.map((at, index) => ({ number: index + 1, at, size, first: '64617461', last: '7d310a0a', ...more }));
}

/** Returns times at equal distances. */
export function every(milliseconds: number, count: number, from = milliseconds): number[] {
  return Array.from({ length: count }, (_, index) => from + index * milliseconds);
}
