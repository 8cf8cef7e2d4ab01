// Forms from public documentation and reports, run by bash and curl themselves.
import { execFile, spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import type { PastedForm } from '../../support/pasted/pastedForm';
import { BASH_FORMS } from '../../support/pasted/pastedForms';
import { type EchoedRequest, EchoServer, hasBashAndCurl } from '../../support/servers/echoServer';

/** Headers that curl adds by itself. */
const ADDED = new Set(['user-agent', 'accept', 'content-length', 'transfer-encoding', 'expect', 'accept-encoding']);
const run = promisify(execFile);

/** Creates a folder with a curl that reaches the test's server at each host and port. */
async function folderFor(origin: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pasted-form-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [curl] = spawnSync('bash', ['-c', 'command -v curl'], { encoding: 'utf8' }).stdout.trim().split('\n');
  const found = `--connect-to "::127.0.0.1:${new URL(origin).port}"`;
  await writeFile(join(folder, 'curl'), `#!/bin/sh\nexec ${curl} -q ${found} "$@"\n`);
  await chmod(join(folder, 'curl'), 0o755);
  return folder;
}

/** Runs the script unchanged, but without TLS; variables and commands return the form's values. */
async function bash({ lines, values = {}, files = {} }: PastedForm, folder: string): Promise<void> {
  const variables: Record<string, string> = {};
  const commands: string[] = [];
  for (const [subject, value] of Object.entries(values)) {
    const [, command] = /^[$<]\(\s*(\w+)/.exec(subject) ?? [];
    if (command === undefined) variables[subject.slice(1)] = value;
    else commands.push(`${command}() { printf '%s' '${value.replaceAll("'", "'\\''")}'; }\n`);
  }
  for (const [path, text] of Object.entries(files)) await writeFile(join(folder, path), text);
  const script = (commands.join('') + lines.join('\n')).replaceAll('https:', 'http:');
  const PATH = `${folder}:${process.env['PATH']}`;
  const env = { ...variables, PATH, HOME: folder };
  // Commands after it may fail: the server shows that the request was made.
  await run('bash', ['-c', script], { cwd: folder, env, timeout: 20_000 }).catch((error) => {
    if (error.killed) throw error;
  });
}

/** Returns a request in comparable form: with curl's own headers only if the form has them, too. */
function comparable({ method, target, headers, body }: EchoedRequest, named: ReadonlySet<string>) {
  const kept = headers.filter(([name]) => name !== 'accept-encoding' && (named.has(name) || !ADDED.has(name)));
  // Not all versions of curl write bytes in capitals.
  const capitals = target.replace(/%[\da-f]{2}/g, (byte) => byte.toUpperCase());
  return { method, target: capitals, headers: kept.toSorted(([a], [b]) => a.localeCompare(b)), body };
}

const scripts = BASH_FORMS.filter(({ isScript }) => isScript);

test.runIf(hasBashAndCurl).each(scripts)('bash and curl make the same request from it: $title', async (form) => {
  const { request } = form;
  if (!request) throw new Error('A script makes a request.');
  const server = await new EchoServer().listen();
  await bash(form, await folderFor(server.origin));
  const url = new URL(request.url.replace('https:', 'http:'));
  const came = server.on(url.pathname);
  const headers = request.headers.map(([name, value]): [string, string] => [name.toLowerCase(), value]);
  const isHostGiven = headers.some(([name]) => name === 'host');
  const expected: EchoedRequest = {
    method: request.method,
    target: url.pathname + url.search,
    headers: isHostGiven ? headers : [['host', url.host], ...headers],
    body: request.body ?? '',
  };
  const named = new Set(expected.headers.map(([name]) => name));
  expect(came && comparable(came, named)).toEqual(comparable(expected, named));
});

test('most forms for bash can be run', () => {
  expect(scripts.length).toBeGreaterThan(35);
});
