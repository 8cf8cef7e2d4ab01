// The npm package, packed once for all tests of it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import manifest from '../../../package.json' with { type: 'json' };
import { onPath } from '../../../scripts/process.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the packed package. */
    tarball: string;
  }
}

/** Packs the package; called by Vitest before the tests of a project. Resolves with the teardown. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'sse-counter-packed-'));
  const [command, words, shell] = onPath('npm', ['pack', '--loglevel=error', '--pack-destination', folder]);
  const [code] = await once(spawn(command, words, { ...shell, stdio: ['ignore', 'ignore', 'inherit'] }), 'close');
  if (code !== 0) throw new Error('npm pack failed.');
  project.provide('tarball', join(folder, `${manifest.name}-${manifest.version}.tgz`));
  return () => rm(folder, { recursive: true, force: true });
}
