import type { ChunkEvidence } from './evidence';

/** Longest time between two chunks of a burst, in milliseconds. */
export const BURST = 5;

/** Chunks that came together. */
export interface Burst {
  from: number;
  to: number;
  chunks: ChunkEvidence[];
}

/** Returns the bursts of a connection's chunks. Where chunks weren't kept, a burst ends. */
export function burstsOf(chunks: readonly ChunkEvidence[]): Burst[] {
  const bursts: Burst[] = [];
  for (const chunk of chunks) {
    const burst = bursts.at(-1);
    const last = burst?.chunks.at(-1);
    if (burst && last && chunk.number === last.number + 1 && chunk.at - last.at <= BURST) {
      burst.chunks.push(chunk);
      burst.to = chunk.at;
    } else bursts.push({ from: chunk.at, to: chunk.at, chunks: [chunk] });
  }
  return bursts;
}
