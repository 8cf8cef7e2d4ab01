import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { onTestFinished } from 'vitest';
import { temporaryFile } from './recordings';

/** Whether this process may mount a file system of its own. */
export function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim();
  try {
    mount(folder);
    execFileSync('umount', [folder]);
    return true;
  } catch {
    // A container may forbid it: the tests are then skipped.
    return false;
  } finally {
    execFileSync('rmdir', [folder]);
  }
}

/** Returns a folder on a disk of 64 KB. */
export function fullDisk(): string {
  const folder = dirname(temporaryFile('x'));
  mount(folder);
  onTestFinished(() => void execFileSync('umount', ['-l', folder]));
  return folder;
}

function mount(folder: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'sse-counter', folder], { stdio: 'ignore' });
}
