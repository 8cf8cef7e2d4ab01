import { type LogOutputChannel, window } from 'vscode';
import { plainText } from './plainText';

/** Maximum length of a line, in UTF-16 code units. */
const MAX_LINE = 4000;
/**
 * Maximum number of characters of a line that are of other scripts than Latin, Greek, Cyrillic and those of East Asia: an
 * editor shows the log, and 4,000 combining marks a line would make it hang. `TextCost` knows more, but is too large to be
 * loaded at the start.
 */
const MAX_HARD = 500;
const HARD = /[^\t -~\u00a0-\u024f\u0386-\u0482\u048a-\u052f\u3041-\u3096\u30a1-\u30ff\u3400-\u9fff\uac00-\ud7a3]/gu;

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

/** Returns as much of the text as an editor draws in a moment. */
function bounded(text: string): string {
  let hard = 0;
  for (const { index } of text.slice(0, MAX_LINE).matchAll(HARD)) {
    hard += 1;
    if (hard > MAX_HARD) return `${text.slice(0, index)}…`;
  }
  return text;
}
