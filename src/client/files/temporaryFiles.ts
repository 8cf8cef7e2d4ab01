import { randomBytes } from 'node:crypto';
import { lstat, opendir, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from './regularFile';

/** Matches the name of a temporary file, with the number of the process that writes it. */
const NAME = /^\.(\d{1,10})-[0-9a-f]{16}\.sse-counter\.tmp$/;
/** Time for which a temporary file stays that isn't written to, in milliseconds: a process of another machine may do that. */
const LEFT_AFTER = 10 * 60_000;
/** Maximum number of a folder's files that are looked at. */
const MAX_FILES = 10_000;

/** Returns a new name for a temporary file. */
export function temporaryName(): string {
  return `.${process.pid}-${randomBytes(8).toString('hex')}.sse-counter.tmp`;
}

/** Removes the temporary files that killed processes have left in a folder, as far as that is possible. Never rejects. */
export async function removeLeftOver(folder: string): Promise<void> {
  try {
    let looked = 0;
    for await (const { name } of await opendir(folder)) {
      looked += 1;
      if (looked > MAX_FILES) return;
      const [, process] = NAME.exec(name) ?? [];
      if (process !== undefined && !isRunning(Number(process))) await removeOld(join(folder, name));
    }
  } catch {
    // Nothing depends on it, and the next one who saves there tries again.
  }
}

async function removeOld(path: string): Promise<void> {
  const stats = await lstat(path);
  if (stats.isFile() && Date.now() - stats.mtimeMs > LEFT_AFTER) await unlink(path);
}

/** Whether a process of this machine has the number. */
function isRunning(number: number): boolean {
  try {
    process.kill(number, 0);
    return true;
  } catch (error) {
    // It may be another user's.
    return codeOf(error) !== 'ESRCH';
  }
}
