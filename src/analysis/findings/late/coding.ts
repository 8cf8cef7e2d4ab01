import type { ConnectionEvidence } from '../../evidence/evidence';

/** Bytes that a compressor sends before any text if it isn't flushed, by content coding [measured: gzip 10, deflate 2, br none]. */
const PRELUDES: Readonly<Record<string, number>> = { gzip: 10, 'x-gzip': 10, deflate: 2, br: 0, zstd: 6 };

/** Returns the content coding that was applied last, in lower case; empty for none. */
export function codingOf({ head }: ConnectionEvidence): string {
  const coding = head?.encoding.split(',').at(-1)?.trim().toLowerCase() ?? '';
  return coding === 'identity' ? '' : coding;
}

/** Returns how many bytes of a coding may come before any text does; undefined for a coding that we don't know. */
export function preludeOf(coding: string): number | undefined {
  return Object.hasOwn(PRELUDES, coding) ? PRELUDES[coding] : undefined;
}
