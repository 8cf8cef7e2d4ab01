import { type LogOutputChannel, window } from 'vscode';
import { PIECE_COST, shorten } from '../text/textCost';
import { plainText } from './plainText';

/** Maximum length of a line, in UTF-16 code units. */
const MAX_LINE = 4000;

/** The extension's output channel. Each entry is one line, so that no text from outside can look like another entry. */
export class Log {
  readonly #channel: LogOutputChannel;

  constructor(name: string) {
    this.#channel = window.createOutputChannel(name, { log: true });
  }

  info(text: string): void {
    this.#channel.info(plainText(bounded(text), MAX_LINE));
  }

  warn(text: string): void {
    this.#channel.warn(plainText(bounded(text), MAX_LINE));
  }

  /** Writes what failed, with its stack. */
  error(error: unknown): void {
    this.#channel.error(error instanceof Error ? withStack(error) : plainText(bounded(String(error)), MAX_LINE));
  }

  show(): void {
    this.#channel.show();
  }

  dispose(): void {
    this.#channel.dispose();
  }
}

/** The stack repeats the message, which may have line ends: only its frames are taken. */
function withStack({ name, message, stack = '' }: Error): string {
  const frames = stack.split('\n').filter((line) => /^ {4}at /.test(line));
  return [`${name}: ${message}`, ...frames.slice(0, 20)].map((line) => plainText(bounded(line), MAX_LINE)).join('\n');
}

/** Returns as much of the text as an editor, which shows the log, draws in 5 ms: of marks, 4,000 a line would make it hang. */
function bounded(text: string): string {
  return shorten(text.slice(0, MAX_LINE + 1), PIECE_COST);
}
