import { nearest } from '../script/nearest';
import { COMMANDS } from './commands';
import { UsageError } from './process/failure';

/** Returns the page of help that lists the commands. */
export function overview(): string {
  const names = [...Object.keys(COMMANDS), 'help'];
  const width = Math.max(...names.map((name) => name.length));
  const lines = names.map((name) => {
    const { summary = 'shows a command’s options: sse-counter help read' } = COMMANDS[name] ?? {};
    return `  ${name.padEnd(width)}   ${summary}`;
  });
  return `Usage: sse-counter COMMAND [options]

Serves, reads, records, explains and checks event streams (Server-Sent Events).

${lines.join('\n')}

  --version   shows the version

Exit codes: 0 done, also by Ctrl-C; 1 failed, or check or diagnose ended by it; 2 wrong usage, or an error in a
.sse file; 3 diagnose has found something; 124 timeout.
`;
}

/** Returns the error for a command that there isn't. The word is repeated only if it is plain: a curl command may hold a secret. */
export function unknownCommand(word: string): UsageError {
  if (/^(?:https?:|curl\s)/i.test(word))
    return new UsageError('There is no command before the URL: sse-counter read URL.');
  const meant = nearest(word, [...Object.keys(COMMANDS), 'help']);
  const named = /^[a-z-]{1,20}$/i.test(word) ? `command ${word}` : 'such command';
  return new UsageError(`There is no ${named}.${meant === undefined ? '' : ` Did you mean ${meant}?`}`);
}
