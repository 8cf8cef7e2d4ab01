// Help, and commands that can't be understood.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { runCommand } from '../support/programs/commandLine';
import { drawn } from '../support/random/drawn';

const COMMANDS = ['count', 'serve', 'play', 'read', 'record', 'diagnose', 'check'];

test('help names each command, and the exit codes', async () => {
  const { code, stdout, stderr } = await runCommand(['help']);
  expect([code, stderr]).toEqual([0, '']);
  for (const name of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
  expect(stdout).toContain('124');
  expect(stdout).toContain('--version');
});

test.each(COMMANDS)('help %s is what --help and -h say, and names each option', async (name) => {
  const pages = await Promise.all(
    [
      ['help', name],
      [name, '--help'],
      [name, 'x', '-h'],
    ].map((words) => runCommand(words)),
  );
  expect(pages).toEqual(Array(3).fill({ code: 0, stderr: '', stdout: pages[0]?.stdout }));
  expect(pages[0]?.stdout).toMatch(new RegExp(`^Usage: sse-counter ${name} `));
});

test('--version is that of the package', async () => {
  expect(await runCommand(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

test('in a checkout, npm run cli builds it and says nothing of that', async () => {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['scripts/cli.mjs', '--version']);
  expect([stdout, stderr]).toEqual([`${manifest.version}\n`, '']);
});

test.each(
  drawn<[string[], string]>(
    [
      [[], 'There is no command. See: sse-counter help'],
      [['serv'], 'There is no command serv. Did you mean serve? See: sse-counter help'],
      [['constructor'], 'There is no command constructor. See: sse-counter help'],
      [['help', 'raed'], 'There is no command raed. Did you mean read? See: sse-counter help'],
      [['help', 'read', 'serve'], 'It takes one command. See: sse-counter help'],
      [['http://localhost/event'], 'There is no command before the URL: sse-counter read URL. See: sse-counter help'],
      [['read'], 'There is no URL. See: sse-counter help read'],
      [['read', 'a', 'b'], 'It takes one URL, not 2. Quote it. See: sse-counter help read'],
      [['read', 'a', '--cuont', '3'], 'There is no option --cuont. Did you mean --count? See: sse-counter help read'],
      [['read', 'a', '-z'], 'There is no option -z. See: sse-counter help read'],
      [['read', 'a', '--__proto__'], 'There is no option --__proto__. See: sse-counter help read'],
      [['read', 'a', '--count'], '--count needs a value. See: sse-counter help read'],
      [['read', 'a', '--count', '--json'], '--count needs a value. See: sse-counter help read'],
      [['read', 'a', '--json=yes'], '--json takes no value. See: sse-counter help read'],
      [
        ['read', 'a', '--count', '0'],
        '--count takes a whole number from 1 to 1000000000, not "0". See: sse-counter help read',
      ],
      [
        ['read', 'a', '--timeout', '1e3'],
        '--timeout takes seconds from 0.001 to 2000000, not "1e3". See: sse-counter help read',
      ],
      [['read', 'a', '--json', '--raw'], '--json and --raw exclude each other. See: sse-counter help read'],
      [['serve'], 'There is no FILE or FOLDER. See: sse-counter help serve'],
      [
        ['serve', 'a.sse', '--port', '65536'],
        '--port takes a whole number from 0 to 65535 (0: any free port), not "65536". See: sse-counter help serve',
      ],
      [
        ['serve', 'a.sse', '--speed', '0.01'],
        '--speed takes a factor from 0.1 to 1000, not "0.01". See: sse-counter help serve',
      ],
      [
        ['serve', 'a.sse', '--allow-origin', 'a.example'],
        '--allow-origin takes origins such as https://app.example:8080, not "a.example". See: sse-counter help serve',
      ],
      [['record', 'a'], 'There is no -o FILE. See: sse-counter help record'],
      [['check'], 'There is no FILE. See: sse-counter help check'],
    ],
    5,
  ),
)('%j is refused with a sentence and the page of help', async (words, sentence) => {
  expect(await runCommand(words)).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` });
});

test('no message repeats a word that may be a secret', async () => {
  const secret = 'Bearer-t0ps3cret';
  const commands = [
    [`curl -H 'Authorization: ${secret}' http://localhost/`],
    [`http://user:${secret}@localhost/`],
    [secret],
    ['help', `a ${secret}`],
    ['read', `http://localhost/?token=${secret}`, secret],
    ['read', 'http://localhost/', `--heder=${secret}`],
    ['read', 'http://localhost/', `--json=${secret}`],
    ['read', 'http://localhost/', '-H', `Authorization ${secret}`],
    ['read', `http://local host/?token=${secret}`],
  ];
  for (const words of commands) {
    const { code, stdout, stderr } = await runCommand(words);
    expect([words, code, stdout + stderr]).toEqual([words, 2, expect.not.stringContaining('t0ps3cret')]);
  }
});
