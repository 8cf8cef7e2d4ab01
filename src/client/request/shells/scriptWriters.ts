import type { Environment } from '../environment';
import type { CommandLine } from './commandLine';

/**
 * Returns a function that returns the output of `cat`, `echo` or `printf`, as far as it is known: of files, their present
 * content.
 */
export function writtenBy(command: CommandLine, environment: Environment): () => string | undefined {
  const [name, ...given] = command.words;
  if (name !== 'cat') return () => echoed(command);
  const files = given.map((path) => environment.source(path));
  return () => (given.length === 0 ? command.input : files.map((file) => file()).join(''));
}

function echoed({ words }: CommandLine): string | undefined {
  const [name, ...given] = words;
  const options = given.findIndex((word) => !/^-[neE]+$/.test(word));
  // Escapes aren't supported.
  if (given.slice(0, Math.max(0, options)).some((word) => word.includes('e')) && given.join('').includes('\\'))
    return undefined;
  const text = given.slice(options < 0 ? given.length : options).join(' ');
  if (name === 'echo') return given[0]?.includes('n') && options > 0 ? text : `${text}\n`;
  const [format = '', value = '', second] = given;
  if (second !== undefined) return undefined;
  if (/^%s(?:\\n)?$/.test(format)) return format.replace('%s', () => value).replace('\\n', '\n');
  return format.includes('%') || format.includes('\\') ? undefined : format;
}
