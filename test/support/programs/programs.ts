// Our programs that tests start as processes, built once for all tests.
import { mkdtemp, rm } from 'node:fs/promises';
import { build } from 'esbuild';
import type { TestProject } from 'vitest/node';
import { buildNpm } from '../../../scripts/build.mjs';

const ENTRIES = {
  illProcess: 'test/support/programs/illProcess.ts',
  readingProcess: 'test/support/programs/readingProcess.ts',
  mockProcess: 'test/support/programs/mockProcess.ts',
  recordingProcess: 'test/support/programs/recordingProcess.ts',
  resumingClients: 'test/support/programs/resumingClients.ts',
  savingProcess: 'test/support/programs/savingProcess.ts',
  stoppedServer: 'test/support/programs/stoppedServer.ts',
};

/** Builds the programs; called by Vitest before the tests of a project. Resolves with the teardown. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp('dist-test-');
  // As it is installed: in parts.
  await buildNpm({ release: false, outdir: folder });
  await build({
    entryPoints: ENTRIES,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    external: ['redis'],
    loader: { '.html': 'text' },
    logLevel: 'warning',
  });
  // The path at which the extension looks for it.
  await build({
    entryPoints: ['src/client/request/requestThread.ts'],
    outfile: `${folder}/dist/requestThread.cjs`,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
  });
  project.provide('programs', folder);
  return () => rm(folder, { recursive: true, force: true });
}
