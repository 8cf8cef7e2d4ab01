// Errors that a system reports late: a file server whose disk is full takes writes, and refuses them when the file is closed.
import { setTimeout as after } from 'node:timers/promises';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { AppendedFile } from '../../../src/client/files/appendedFile';
import { RecordedFiles } from '../../../src/client/files/recordedFiles';
import { recordFiles, settled, streamByHand } from '../../support/client/recordedByHand';
import { temporaryFile } from '../../support/client/recordings';

/** Calls that the system refuses. */
const refused = vi.hoisted(() => ({ close: false, sync: false }));

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  const full = () => Object.assign(new Error('EDQUOT: quota exceeded'), { code: 'EDQUOT' });
  const closeSync = (fd: number) => {
    fs.closeSync(fd);
    if (refused.close) throw full();
  };
  const fdatasync = (fd: number, then: (error: Error | null) => void) =>
    refused.sync ? then(full()) : fs.fdatasync(fd, then);
  return { ...fs, closeSync, fdatasync };
});

afterEach(() => void Object.assign(refused, { close: false, sync: false }));

test.each(['stop', 'close'] as const)('a recording whose file can’t be closed is reported at %s, once', async (way) => {
  const { inspection, send } = await streamByHand();
  const { files, ends, written } = await recordFiles(inspection);
  await send(5);
  await written(70);
  refused.close = true;
  await files[way]();
  await settled();
  expect({ ends, ended: files.ended, recorder: inspection.recorder }).toEqual({ ends: ['EDQUOT'], ended: true });
});

test('a recording that isn’t on the disk when it is stopped is reported', async () => {
  const { inspection, send } = await streamByHand();
  const { files, ends, written } = await recordFiles(inspection);
  await send(5);
  await written(70);
  refused.sync = true;
  await files.stop();
  expect(ends).toEqual(['EDQUOT']);
});

test('a file that is closed while it is checked is reported, too, and nobody waits for it', async () => {
  const errors: Error[] = [];
  const file = await AppendedFile.open(temporaryFile('a.sse'), new RecordedFiles(), (error) => errors.push(error));
  onTestFinished(() => file.close());
  file.append(Buffer.alloc(3 * 1024 * 1024));
  const drained = file.drained();
  refused.close = true;
  file.close();
  await drained;
  await settled();
  await after(0);
  expect(errors).toMatchObject([{ code: 'EDQUOT' }]);
});

test('the reason why a file has ended is reported, not what closing it says after that', async () => {
  const errors: Error[] = [];
  const file = await AppendedFile.open(temporaryFile('a.sse'), new RecordedFiles(), (error) => errors.push(error));
  refused.close = true;
  file.fail(new Error('the reason'));
  await settled();
  expect(errors).toEqual([new Error('the reason')]);
});
