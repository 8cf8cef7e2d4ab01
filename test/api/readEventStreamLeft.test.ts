// A process ends by itself when a reading or a recording is over.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFile } from '../support/client/recordings';
import { program } from '../support/programs/program';
import { ended, open, serveInTurn } from '../support/servers/streamServer';

test.each([
  ['leave', true],
  ['abort', true],
  ['leaveWait', false],
  ['count', true],
  ['record', true],
  ['neverBegin', true],
])('nothing keeps the process alive behind it: %s', async (way, staysOpen) => {
  const { url, requests } = await serveInTurn((staysOpen ? open : ended)('retry: 1000000\ndata: 1\n\n'));
  const file = temporaryFile('recorded.sse');
  const child = spawn(process.execPath, [program('readingProcess'), way, url, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  expect(await once(child, 'close')).toEqual([0, null]);
  expect([output, requests.length]).toEqual(['left\n', way === 'neverBegin' ? 0 : 1]);
  if (way === 'record') expect(readFileSync(file, 'utf8')).toContain('data: 1\n');
});
