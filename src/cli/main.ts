#!/usr/bin/env node
// `sse-counter`, the command line: finds the command, and ends the process with its exit code.
import { version } from '../../package.json';
import type { Command, Surroundings } from './command';
import { COMMANDS } from './commands';
import { overview, unknownCommand } from './help';
import { Arguments } from './process/arguments';
import { EXIT, type ExitCode } from './process/exitCode';
import { Failure, Interruption, UsageError } from './process/failure';
import { interruption } from './process/interruption';
import { Output } from './process/output';

const HELP = { help: { type: 'boolean', short: 'h' } } as const;

async function main(): Promise<void> {
  const around = {
    stdout: new Output(process.stdout),
    stderr: new Output(process.stderr),
    interrupted: interruption(),
  };
  const code = await run(process.argv.slice(2), around);
  await Promise.all([around.stdout.flushed(), around.stderr.flushed()]);
  process.exit(code);
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
