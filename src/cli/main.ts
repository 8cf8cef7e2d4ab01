#!/usr/bin/env node
// `sse-counter`, the command line: finds the command, and ends the process with its exit code.
import { setTimeout as pause } from 'node:timers/promises';
import { version } from '../../package.json';
import type { Command, Surroundings } from './command';
import { COMMANDS } from './commands';
import { overview, unknownCommand } from './help';
import { Arguments } from './process/arguments';
import { EXIT, type ExitCode } from './process/exitCode';
import { Failure, Interruption, UsageError } from './process/failure';
import { aborted, interruption } from './process/interruption';
import { Output } from './process/output';

/** Time that readers have to read what was written before an interruption, in milliseconds. */
const FLUSH_TIME = 1000;

const HELP = { help: { type: 'boolean', short: 'h' } } as const;

async function main(): Promise<void> {
  const [stdout, stderr, controller] = [new Output(process.stdout), new Output(process.stderr), interruption()];
  const { signal: interrupted } = controller;
  // An error, or a second interruption, ends the process at once: lines of the log that wait are written first.
  process.once('exit', () => {
    for (const output of [stdout, stderr]) output.write('');
  });
  const around = { stdout, stderr, interrupted, interrupt: () => controller.abort() };
  const code = await run(process.argv.slice(2), around);
  await flushed(around);
  const isLost = code === EXIT.done && lossOf(stdout) !== undefined;
  if (isLost) {
    stderr.line(`Standard output can’t be written: ${lossOf(stdout)}.`);
    await flushed(around);
  }
  process.exit(isLost ? EXIT.failed : code);
}

/** Resolves when everything was written; if the command was interrupted, soon: its readers may read no more, without leaving. */
async function flushed({ stdout, stderr, interrupted }: Surroundings): Promise<void> {
  const all = Promise.all([stdout.flushed(), stderr.flushed()]);
  await Promise.race([all, aborted(interrupted).then(() => pause(FLUSH_TIME))]);
}

/** Returns why standard output is incomplete; undefined if it isn't, or if its reader has all that it wanted. */
function lossOf({ gone }: Output): string | undefined {
  const reason: NodeJS.ErrnoException | undefined = gone.reason;
  return gone.aborted && reason?.code !== 'EPIPE' ? reason?.message : undefined;
}

async function run([name = '', ...words]: string[], around: Surroundings): Promise<ExitCode> {
  const { stdout, stderr } = around;
  try {
    if (name === '') throw new UsageError('There is no command.');
    if (['--version', '-v', '-V'].includes(name)) stdout.line(version);
    else if (['--help', '-h', 'help'].includes(name)) stdout.write(await helpOn(words));
    else return await runCommand(await commandOf(name), words, around);
    return EXIT.done;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    if (error instanceof Interruption) return error.code;
    const page = Object.hasOwn(COMMANDS, name) ? ` ${name}` : '';
    stderr.line(error instanceof UsageError ? `${error.message} See: sse-counter help${page}` : error.message);
    return error.code;
  }
}

async function runCommand(command: Command, words: string[], around: Surroundings): Promise<ExitCode> {
  const given = new Arguments(words, { ...command.options, ...HELP });
  if (!given.has('help')) return command.run(given, around);
  around.stdout.write(command.help);
  return EXIT.done;
}

async function helpOn([name, ...others]: string[]): Promise<string> {
  if (others.length > 0) throw new UsageError('It takes one command.');
  return name === undefined || name === 'help' ? overview() : (await commandOf(name)).help;
}

async function commandOf(name: string): Promise<Command> {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) throw unknownCommand(name);
  return command.load();
}

await main();
