import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { Output } from '../../../src/cli/process/output';

/** A stream that takes nothing until it is told to. */
class SlowStream extends Writable {
  readonly chunks: string[] = [];
  isTTY = true;
  #take: (() => void) | undefined;

  constructor() {
    super({ highWaterMark: 4 });
  }

  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.chunks.push(String(chunk));
    this.#take = done;
  }

  take(): void {
    this.#take?.();
  }
}

test('a write says whether more may follow, and drained resolves when it may', async () => {
  const stream = new SlowStream();
  const output = new Output(stream);
  expect([output.write('a'), output.line('bcd')]).toEqual([true, false]);
  const drained = output.drained();
  stream.take();
  stream.take();
  await drained;
  expect(stream.chunks).toEqual(['a', 'bcd\n']);
});

test('when its reader has left, it says why, discards what is written, and nothing waits for it', async () => {
  const stream = new SlowStream();
  const output = new Output(stream);
  output.write('aaaa');
  const waits = [output.drained(), output.flushed()];
  const error = Object.assign(new Error('gone'), { code: 'EPIPE' });
  stream.destroy(error);
  await Promise.all(waits);
  expect([output.gone.aborted, output.gone.reason]).toEqual([true, error]);
  expect(output.write('b')).toBe(true);
  await Promise.all([output.drained(), output.flushed()]);
  expect(stream.chunks).toEqual(['aaaa']);
});

test('many waits leave no listener behind', async () => {
  const stream = new SlowStream();
  const output = new Output(stream);
  const warnings: unknown[] = [];
  const note = (warning: Error) => void warnings.push(warning);
  process.on('warning', note);
  for (let round = 0; round < 20; round += 1) {
    output.write('aaaa');
    const drained = output.drained();
    stream.take();
    await drained;
  }
  await new Promise(setImmediate);
  process.off('warning', note);
  expect([warnings, stream.listenerCount('drain')]).toEqual([[], 0]);
});
