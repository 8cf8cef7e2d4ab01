// `sse-counter` as a process.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import { program } from './program';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A command that runs. */
export interface Running {
  process: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Returns what it has written so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves with the match in standard output, or in standard error, as soon as there is one. */
  said(pattern: RegExp, output?: 'stdout' | 'stderr'): Promise<RegExpExecArray>;
  ended: Promise<Ended>;
}

/** Starts a command; it is killed when the test is over. @param env additions to the environment */
export function startCommand(words: string[], env: NodeJS.ProcessEnv = {}): Running {
  const child = spawn(process.execPath, [program('cli'), ...words], {
    stdio: 'pipe',
    env: { ...process.env, ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const texts = { stdout: '', stderr: '' };
  // A command that has ended no longer reads.
  child.stdin.on('error', () => child.stdin.destroy());
  for (const output of ['stdout', 'stderr'] as const)
    child[output].setEncoding('utf8').on('data', (text: string) => {
      texts[output] += text;
    });
  const ended = once(child, 'close').then(([code]: (number | null)[]) => ({ code: code ?? null, ...texts }));
  return {
    process: child,
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
    said: async (pattern, output = 'stdout') => {
      for (;;) {
        const found = pattern.exec(texts[output]);
        if (found) return found;
        const isOver = await Promise.race([once(child[output], 'data'), ended.then(() => true)]);
        if (isOver === true && !pattern.test(texts[output]))
          throw new Error(`It ended without ${pattern}: ${texts.stdout}${texts.stderr}`);
      }
    },
    ended,
  };
}

/** Runs a command to its end. */
export async function runCommand(words: string[], env?: NodeJS.ProcessEnv): Promise<Ended> {
  const running = startCommand(words, env);
  running.process.stdin.end();
  return running.ended;
}

/** Returns a folder that is removed when the test is over, with these files. @param files texts by their names */
export function folderWith(files: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'sse-counter-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Starts `serve` on a free port; resolves with its URL when it is ready. */
export async function startServe(file: string, ...options: string[]): Promise<Running & { url: string }> {
  const running = startCommand(['serve', file, '--port', '0', ...options]);
  const [, url = ''] = await running.said(/on (http:\S+)\n/);
  return { ...running, url };
}
