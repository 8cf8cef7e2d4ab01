// An empty project in which the npm package is installed, as a user installs it.
import { type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { inject } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { onPath } from '../../../scripts/process.mjs';

/**
 * The Node that runs the tests comes first: the programs of packages take the one that they find. The settings of the npm that runs
 * the tests are none of the project's.
 */
const env = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))),
  PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
};

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** A project in a folder of its own. To be deleted when the tests are over. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'sse-counter-npm-'));

  /** Folder of the installed package. */
  get installed(): string {
    return join(this.folder, 'node_modules', manifest.name);
  }

  /** Installs the packed package. */
  async install(): Promise<void> {
    writeFileSync(join(this.folder, 'package.json'), '{ "private": true, "type": "module" }');
    const words = ['install', '--offline', '--no-audit', '--no-fund', inject('tarball')];
    const { code, stderr } = await this.runNpm('npm', words);
    if (code !== 0) throw new Error(`npm install failed: ${stderr}`);
  }

  /** Makes a package of ours available in the project. @param from folder that has it in its node_modules */
  link(name: string, from = '.'): void {
    symlinkSync(resolve(from, 'node_modules', name), join(this.folder, 'node_modules', name), 'junction');
  }

  /** Starts a program in the project. */
  start(command: string, words: string[], options: SpawnOptions = {}) {
    const child = spawn(command, words, { cwd: this.folder, env, ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const texts = { stdout: '', stderr: '' };
    for (const output of ['stdout', 'stderr'] as const)
      child[output].setEncoding('utf8').on('data', (text: string) => {
        texts[output] += text;
      });
    const ended = once(child, 'close').then(([code]: number[]): Ended => ({ code: code ?? -1, ...texts }));
    return { child, ended, stdout: () => texts.stdout };
  }

  run(command: string, words: string[], options?: SpawnOptions): Promise<Ended> {
    return this.start(command, words, options).ended;
  }

  /** Runs npm or npx. */
  runNpm(name: 'npm' | 'npx', words: string[], options: SpawnOptions = {}): Promise<Ended> {
    const [command, all, shell] = onPath(name, words);
    return this.run(command, all, { ...options, ...shell });
  }

  delete(): void {
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
