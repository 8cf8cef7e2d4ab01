// A full history is saved in a separate process, which reports the resources that it takes.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { temporaryFile } from '../../support/client/recordings';
import { program } from '../../support/programs/program';
import { inLongRun } from '../../support/time/longRun';

test.each<[string, string, string]>([
  ['60 MB of U+0001, as NDJSON', 'control', 'ndjson'],
  ...inLongRun<[string, string, string]>([['66 MB of lines that look like directives, as .sse', 'directives', 'sse']]),
])('%s: memory is bounded, and nothing is blocked for long', (_, stream, format) => {
  const path = temporaryFile('a');
  const asked = [program('savingProcess'), path, stream, format];
  const { stdout, stderr } = spawnSync(process.execPath, asked, { encoding: 'utf8' });
  expect(stderr).toBe('');
  const { grown, longest } = JSON.parse(stdout) as { grown: number; longest: number };
  const { size } = statSync(path);
  // Printed for the parent: the earlier usage, and the present one.
  console.info(
    `${stream}: ${Math.round(size / 1e6)} MB written, ${grown} MB more at the most, ${longest} ms of processor in a turn.`,
  );
  expect(size).toBeGreaterThan(60e6);
  expect(grown).toBeLessThan(250);
  expect(longest).toBeLessThan(50);
});
