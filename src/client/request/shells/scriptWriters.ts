import type { Environment } from '../environment';
import type { CommandLine } from './commandLine';

/** Returns a function that gives what `cat`, `echo` or `printf` write, as far as the text has it: of files, what is in them now. */
export function writtenBy(command: CommandLine, environment: Environment): () => string | undefined {
  const [name, ...given] = command.words;
  if (name !== 'cat') return () => echoed(command);
  const files = given.map((path) => environment.source(path));
  return () => (given.length === 0 ? command.input : files.map((file) => file()).join(''));
}

function echoed({ words }: CommandLine): string | undefined {
  const [name, ...given] = words;
  const options = given.findIndex((word) => !/^-[neE]+$/.test(word));
  // Escapes aren't read.
  if (given.slice(0, Math.max(0, options)).some((word) => word.includes('e')) && given.join('').includes('\\'))
    return undefined;
  const text = given.slice(options < 0 ? given.length : options).join(' ');
  if (name === 'echo') return given[0]?.includes('n') && options > 0 ? text : `${text}\n`;
  const [format = '', value = '', second] = given;
  if (second !== undefined) return undefined;
  if (/^%s(?:\\n)?$/.test(format)) return format.replace('%s', () => value).replace('\\n', '\n');
  return format.includes('%') || format.includes('\\') ? undefined : format;
}
