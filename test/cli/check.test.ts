// `sse-counter check`, as a process.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, runCommand, startCommand } from '../support/programs/commandLine';

const windows = process.platform === 'win32';
const SOUND = 'data: a\n\n:@ wait 1.5s\ndata: b\n\n:@ end\n';

test('of a sound file it says how much is in it', async () => {
  const file = join(folderWith({ 'a.sse': SOUND }), 'a.sse');
  expect(await runCommand(['check', file])).toEqual({
    code: 0,
    stdout: `${file}: 2 events, 1.5 s, no problems\n`,
    stderr: '',
  });
});

test('each problem is a line with its place, as compilers write it; an error is exit code 2', async () => {
  const folder = folderWith({ 'a.sse': 'dta: a\n:@ wiat 1s\ndata: b\n\n', 'b.sse': SOUND });
  const { code, stdout, stderr } = await runCommand(['check', join(folder, 'a.sse'), join(folder, 'b.sse')]);
  expect([code, stderr]).toEqual([2, '']);
  const lines = stdout.replaceAll(folder, '').replaceAll('\\', '/').trimEnd().split('\n');
  expect(lines).toEqual([
    expect.stringMatching(/^\/a\.sse:1:1: warning: .*“dta”.*“data”/),
    expect.stringMatching(/^\/a\.sse:2:\d+: error: .*“wiat”.*“wait”/),
    '/b.sse: 2 events, 1.5 s, no problems',
  ]);
});

test('warnings alone are no failure', async () => {
  const file = join(folderWith({ 'a.sse': 'dta: a\n\n' }), 'a.sse');
  const { code, stdout } = await runCommand(['check', file]);
  expect([code, stdout]).toEqual([0, expect.stringContaining(':1:1: warning: ')]);
});

test('--json has an object a problem, and nothing of a sound file', async () => {
  const folder = folderWith({ 'a.sse': ':@ wiat\n', 'b.sse': SOUND });
  const file = join(folder, 'a.sse');
  const { code, stdout } = await runCommand(['check', file, join(folder, 'b.sse'), '--json']);
  expect([
    code,
    stdout
      .trimEnd()
      .split('\n')
      .map((row) => JSON.parse(row)),
  ]).toEqual([2, [{ file, line: 1, column: 4, severity: 'error', message: expect.stringContaining('wiat') }]]);
});

test('a file that can’t be read is exit code 2, and the others are checked', async () => {
  const folder = folderWith({ 'b.sse': SOUND });
  const { code, stdout, stderr } = await runCommand(['check', join(folder, 'a.sse'), join(folder, 'b.sse')]);
  expect([code, stdout]).toEqual([2, expect.stringContaining('b.sse: 2 events')]);
  expect(stderr).toMatch(/^[^\n]*a\.sse[^\n]*\n$/);
});

test('text of a file can’t steer a terminal', async () => {
  const file = join(folderWith({ 'a.sse': ':@ \u001b[31mx\u202e\n' }), 'a.sse');
  const { stdout } = await runCommand(['check', file]);
  expect(stdout).toContain('⟨U+001B⟩');
  expect(stdout).toContain('⟨U+202E⟩');
});

test.skipIf(windows)('Ctrl-C ends it within a file, and isn’t success: files are unchecked', async () => {
  const folder = folderWith({ 'a.sse': SOUND, 'b.sse': 'data: b\n\n'.repeat(2_000_000) });
  const running = startCommand(['check', join(folder, 'a.sse'), join(folder, 'b.sse')]);
  await running.said(/no problems\n/);
  running.process.kill('SIGINT');
  expect(await running.ended).toEqual({
    code: 1,
    stdout: `${join(folder, 'a.sse')}: 2 events, 1.5 s, no problems\n`,
    stderr: 'The files were not all checked: a signal ended the command.\n',
  });
});

test.skipIf(windows)(
  'without a reader of its lines, as behind `head`, it still checks all files: its exit code says so',
  async () => {
    const folder = folderWith({
      'a.sse': SOUND,
      'b.sse': 'data: b\n\n'.repeat(100_000),
      'c.sse': SOUND,
      'd.sse': ':@ wiat\n',
    });
    const running = startCommand(['check', ...['a.sse', 'b.sse', 'c.sse', 'd.sse'].map((name) => join(folder, name))]);
    await running.said(/no problems\n/);
    running.process.stdout.destroy();
    expect(await running.ended).toMatchObject({ code: 2, stderr: '' });
  },
);
