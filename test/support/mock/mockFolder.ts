import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Creates a folder with files, by their names, for the test. The folder around it is the test's own, too. */
export async function folderOf(files: Record<string, string>): Promise<string> {
  const around = await mkdtemp(join(tmpdir(), 'sse-mocks-'));
  onTestFinished(() => rm(around, { recursive: true, force: true }));
  const folder = join(around, 'mocks');
  await write(folder, files);
  return folder;
}

/** Writes files into a folder, by their names, with the folders around them. */
export async function write(folder: string, files: Record<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}
