import { expect } from 'vitest';
import { Inspection } from '../../../src/client/inspection';
import { parseScript } from '../../../src/script/parseScript';
import { eventually } from '../servers/testServer';
import { clockLateness } from '../time/lateness';
import { serveScript } from './scriptServer';

/** Maximum deviation of a gap, in milliseconds. */
const JITTER = 5;
/** Maximum number of attempts if timers of this process were late. */
const ATTEMPTS = 3;

/** Returns a history as a file. */
export function saved(inspection: Inspection): Buffer {
  return Buffer.concat([...inspection.script()]);
}

/**
 * Plays a recording, records it again, and expects the same file: the same bytes, and each gap within 5 ms; if timers were
 * late in every attempt, within 5 ms plus that delay.
 */
export async function expectSameAgain(file: Buffer): Promise<void> {
  const { stream, server } = await serveScript(file);
  const wanted = gapsIn(file);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    let again: Buffer = Buffer.of();
    const late = await clockLateness(async () => {
      again = await record(stream, file);
    });
    expect(withoutWaits(again)).toBe(withoutWaits(file));
    const gaps = gapsIn(again);
    const largest = Math.max(0, ...wanted.map((gap, index) => Math.abs(gap - (gaps[index] ?? Number.NaN))));
    if (largest > JITTER && attempt < ATTEMPTS) continue;
    expect(largest).toBeLessThanOrEqual(JITTER + late);
    break;
  }
  await server.close();
}

/** Records a stream until it ends, or, if it stays open, until everything has been received. */
async function record(url: string, played: Buffer): Promise<Buffer> {
  const { steps } = parseScript(played);
  const size = steps.reduce((sum, step) => sum + (step.kind === 'send' ? step.bytes.length : 0), 0);
  const stays = steps.every(({ kind }) => kind === 'send');
  const inspection = new Inspection(() => undefined);
  inspection.connect({ method: 'GET', url, headers: [], insecure: false }, { reconnect: false, lastEventId: '' });
  await eventually(() => !inspection.running || (stays && inspection.history.bytes.size === size));
  const file = saved(inspection);
  inspection.close();
  return file;
}

/** Returns the file's text without pauses, with a character for each byte. */
function withoutWaits(file: Buffer): string {
  return file.toString('latin1').replace(/^:@ wait .*\n/gm, '');
}

/** Returns the time before each line except the first, and before the connection's end, in milliseconds. */
function gapsIn(file: Buffer): number[] {
  const times = parseScript(file).steps.flatMap((step) => {
    const lines =
      step.kind === 'send'
        ? Buffer.from(step.bytes)
            .toString('latin1')
            .match(/[^\r\n]*(\r\n|\r|\n)|[^\r\n]+$/g)
        : [''];
    return (lines ?? []).map(() => step.offset);
  });
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}
