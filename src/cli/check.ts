import { checkEventStream } from '../api/checkEventStream';
import type { ScriptCheck, ScriptProblem } from '../api/mock/scriptCheck';
import { isAnyUrl } from '../server/redis/link/redisAddress';
import { withCodes } from '../text/foreignText';
import type { Command, Surroundings } from './command';
import { jsonLine } from './lines/eventLines';
import { counted, seconds } from './lines/logLines';
import { apiFailure } from './process/apiFailure';
import { EXIT, type ExitCode } from './process/exitCode';
import { Failure, Interruption, Unfinished, UsageError } from './process/failure';
import { unlessInterrupted } from './process/interruption';

const HELP = `Usage: sse-counter check FILE… [--json]

Checks .sse files. Each problem is a line on standard output: FILE:LINE:COLUMN: error: what is wrong. Warnings are no failure.

  --json   each problem as an object on a line: file, line, column, severity, message
`;

export const check: Command = {
  help: HELP,
  options: { json: { type: 'boolean' } },
  async run(given, around) {
    const files = given.several('FILE');
    // It may hold a password, and a file that can't be read is named.
    if (files.some(isAnyUrl)) throw new UsageError('It takes files, and no URL.');
    // A large file takes seconds.
    return unlessInterrupted(checkFiles(files, given.has('json'), around), around.interrupted).catch(
      (error: unknown) => {
        throw error instanceof Interruption ? new Unfinished('The files were not all checked') : error;
      },
    );
  },
};

async function checkFiles(files: readonly string[], isJson: boolean, around: Surroundings): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  // Also without a reader of the lines, as behind `head`: the exit code is of all files.
  for (const file of files) if (!around.interrupted.aborted) codes.push(await checkFile(file, isJson, around));
  return codes.includes(EXIT.usage) ? EXIT.usage : EXIT.done;
}

async function checkFile(file: string, isJson: boolean, { stdout, stderr }: Surroundings): Promise<ExitCode> {
  try {
    const result = await checkEventStream(file);
    for (const problem of result.problems) {
      const line = isJson ? jsonLine({ file, ...problem }, stdout.isTerminal) : problemLine(file, problem);
      if (!stdout.line(line)) await stdout.drained();
    }
    if (result.problems.length === 0 && !isJson) stdout.line(soundLine(file, result));
    return result.ok ? EXIT.done : EXIT.usage;
  } catch (error) {
    const failure = apiFailure(error);
    if (!(failure instanceof Failure)) throw failure;
    // The other files are checked all the same.
    stderr.line(failure.message);
    return EXIT.usage;
  }
}

/** Returns a line as compilers write it, which the matchers of editors and CI know. */
function problemLine(file: string, { line, column, severity, message }: ScriptProblem): string {
  return withCodes(`${file}:${line}:${column}: ${severity}: ${message}`);
}

function soundLine(file: string, { events, duration }: ScriptCheck): string {
  return `${withCodes(file)}: ${counted(events, 'event')}, ${seconds(duration)}, no problems`;
}
