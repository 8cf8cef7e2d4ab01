import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Makes a folder that is removed when the test is over, and returns the path of a file in it, which isn't there yet. */
export function pathInFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sse-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, name);
}
