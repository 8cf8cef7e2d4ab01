import { type LogOutputChannel, window } from 'vscode';
import { plainText } from './plainText';

/** Maximum length of a line, in UTF-16 code units. */
const MAX_LINE = 4000;
/**
 * Maximum number of characters per line outside of Latin, Greek, Cyrillic and East Asian scripts: an editor shows the log,
 * and 4,000 combining marks per line would make it hang. `TextCost` is more precise, but too large to be loaded at startup.
 */
const MAX_HARD = 500;
const HARD = /[^\t -~\u00a0-\u024f\u0386-\u0482\u048a-\u052f\u3041-\u3096\u30a1-\u30ff\u3400-\u9fff\uac00-\ud7a3]/gu;

/** The extension's output channel. Each entry is one line, so that text from outside can't pass for another entry. */
export class Log {
  /** Undefined once VS Code has disposed it, which it does first: servers and recordings end behind it, and it throws then. */
  #channel: LogOutputChannel | undefined;

  constructor(name: string) {
    this.#channel = window.createOutputChannel(name, { log: true });
  }

  info(text: string): void {
    this.#channel?.info(plainText(bounded(text), MAX_LINE));
  }

  warn(text: string): void {
    this.#channel?.warn(plainText(bounded(text), MAX_LINE));
  }

  /** Logs an error, with its stack. */
  error(error: unknown): void {
    this.#channel?.error(error instanceof Error ? withStack(error) : plainText(bounded(String(error)), MAX_LINE));
  }

  show(): void {
    this.#channel?.show();
  }

  /** Ignores what comes after this. */
  dispose(): void {
    this.#channel?.dispose();
    this.#channel = undefined;
  }
}

/** Returns name, message and the frames of the stack; the stack's own copy of the message may contain line breaks. */
function withStack({ name, message, stack = '' }: Error): string {
  const frames = stack.split('\n').filter((line) => /^ {4}at /.test(line));
  return [`${name}: ${message}`, ...frames.slice(0, 20)].map((line) => plainText(bounded(line), MAX_LINE)).join('\n');
}

/** Returns the beginning of the text that an editor can draw in a moment. */
function bounded(text: string): string {
  let hard = 0;
  for (const { index } of text.slice(0, MAX_LINE).matchAll(HARD)) {
    hard += 1;
    if (hard > MAX_HARD) return `${text.slice(0, index)}…`;
  }
  return text;
}
