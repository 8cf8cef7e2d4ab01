import type { Environment } from './environment';
import { afterPrompt, withoutCommentMarks, withoutContinuations, withoutFences } from './prompts';
import { CmdReader } from './shells/cmdReader';
import type { CommandLine } from './shells/commandLine';
import { type CommandReader, type Dialect, dialectOf } from './shells/dialect';
import { withoutNestedDocuments } from './shells/nestedDocuments';
import { matchAt } from './shells/patterns';
import { PowerShellReader } from './shells/powerShellReader';
import { writtenBy } from './shells/scriptWriters';
import { ShellReader } from './shells/shellReader';
import { UnreadStatements } from './shells/unreadStatements';

/** A curl command in a pasted text. */
export interface PastedCommand extends CommandLine {
  /** Returns its standard input, as far as the text has it. */
  stdin(): string | undefined;
  /** Statements before it that aren't read, and the text after it, as written. */
  others: string[];
}

/** Maximum number of statements before a command. */
const MAX_STATEMENTS = 10_000;
/** Maximum number of characters that are examined before a statement. */
const MAX_GAP = 20;
/** A `|` before a statement, which isn't escaped as a character of a value. */
const OPEN_PIPE = /(?:^|[^\\^`])(?:\\\\)*\|\s*$/;
/** Maximum number of prompts after which continuation lines are searched for. */
const MAX_PROMPTS = 20;
/** Maximum number of lines before a command that are reported. */
const MAX_OTHERS = 20;
/** Name of curl at the beginning of a command, after programs that run it and variables for it. */
const CURL =
  /(?:[A-Za-z_]\w*=(?:[^\s'";|&]|'[^']*'|"[^"]*")*[ \t]+)*(?:(?:sudo|time|command|exec|nohup|winpty|noglob|builtin|env|&)[ \t]+(?:-\w+[ \t]+)*)*(?<curl>["']?(?:[\w.~:\\/ -]{0,200}[\\/])?curl(?:\.exe)?["']?)(?=[\s^`]|\\\s|\\?$)/iy;
/** Name of curl within a line. */
const INNER =
  /(?<nested>\$\(|`|\()\s*(?=curl(?:\.exe)?\s)|(?:[|;&{!]|\b(?:do|then|else|if|while|until))\s*(?=curl(?:\.exe)?\s)/i;
/** Name of curl in a sentence: options or a URL have to follow. */
const IN_SENTENCE = /(?<=[\s`(:])curl(?:\.exe)?\s+(?=-\w|--\w|["'^$<{]*https?:|["']?[\w.-]+[.:]\w)/i;
const COMMENT = /(?:#|\/\/|::|rem\b)[^\n]*/iy;
const DOCUMENT = /<<-?[ \t]*['"\\]?[A-Za-z_]/;
const WRITES = /(?:cat|echo|printf)\b/y;

const READERS: Record<Dialect, new (text: string) => CommandReader> = {
  bash: ShellReader,
  cmd: CmdReader,
  powershell: PowerShellReader,
};

/** Returns the index of curl's name in a text; undefined if it isn't there. */
export function curlAt(text: string): number | undefined {
  return /(?<![\w.-])curl(?:\.exe)?(?=[\s\\^`"']|$)/i.exec(text)?.index;
}

/**
 * Returns the first curl command of a text; undefined if there is none.
 * @param environment gets the variables that are set before it
 */
export function pastedCommand(text: string, environment: Environment): PastedCommand | undefined {
  const dialect = dialectOf(text);
  const script = dialect === 'bash' ? withoutNestedDocuments(text, environment) : text;
  const bare = withoutCommentMarks(script);
  const found = bare === undefined ? undefined : new Script(bare, dialect, environment).find();
  return (
    found ??
    new Script(script, dialect, environment).find() ??
    new Script(script, dialect, environment).findInSentence()
  );
}

/** A command within a line. */
interface InnerCommand {
  /** Position of the sign before the command, and of the command itself. */
  index: number;
  start: number;
  /** Sign that nests the command; undefined if an operator precedes it. */
  sign: string | undefined;
}

class Script {
  #text: string;
  readonly #dialect: Dialect;
  readonly #environment: Environment;
  #reader: CommandReader;
  #prompts = 0;
  /** Latest line that was searched: its end, and the first command within it. */
  #line: { end: number; inner: InnerCommand | undefined; text: string } = { end: 0, inner: undefined, text: '' };
  readonly #others: string[] = [];
  readonly #unread: UnreadStatements;
  /** Returns the output of a command that is piped into the next one. */
  #writer: (() => string | undefined) | undefined;

  constructor(text: string, dialect: Dialect, environment: Environment) {
    [this.#text, this.#dialect, this.#environment] = [text, dialect, environment];
    this.#reader = new READERS[dialect](text);
    this.#unread = new UnreadStatements(dialect, environment);
  }

  find(): PastedCommand | undefined {
    let at = 0;
    for (let count = 0; at < this.#text.length && count < MAX_STATEMENTS; count += 1) {
      at = this.#statement(at);
      const start = this.#curlAt(at);
      if (start !== undefined) return this.#command(start, false);
      const end = this.#readOther(at);
      if (typeof end !== 'number') return end;
      at = end;
    }
    return undefined;
  }

  /** Finds a command within a sentence. */
  findInSentence(): PastedCommand | undefined {
    const found = IN_SENTENCE.exec(this.#text);
    if (!found) return undefined;
    const lineStart = this.#text.lastIndexOf('\n', found.index) + 1;
    this.#note(this.#text.slice(0, lineStart));
    this.#note(this.#text.slice(lineStart, found.index));
    return this.#command(found.index, false);
  }

  /** Returns the index of the next statement. */
  #statement(start: number): number {
    const { at, hasPrompt } = afterPrompt(this.#text, start);
    // Bounded, because the whole text is copied each time.
    if (hasPrompt) this.#prompts += 1;
    const bare = hasPrompt && this.#prompts <= MAX_PROMPTS ? withoutContinuations(this.#text, at) : this.#text;
    if (bare !== this.#text) [this.#text, this.#reader] = [bare, new READERS[this.#dialect](bare)];
    return at;
  }

  #curlAt(at: number): number | undefined {
    const found = matchAt(CURL, this.#text, at);
    return found ? at + found[0].length - (found.groups?.['curl']?.length ?? 0) : undefined;
  }

  /** Reads a statement that isn't curl. Returns the index after it, or the curl command in it. */
  #readOther(at: number): number | PastedCommand {
    const comment = matchAt(COMMENT, this.#text, at);
    if (comment) return at + comment[0].length + 1;
    const { line, inner } = this.#lineAt(at);
    if (inner?.sign === undefined) {
      if (matchAt(WRITES, this.#text, at)) return this.#readWriter(at);
      const end = this.#reader.settings(at, this.#environment);
      if (end !== undefined) {
        // After `||` and in a pipe, it is conditional, or has no effect.
        if (OPEN_PIPE.test(this.#text.slice(Math.max(0, at - MAX_GAP), at)))
          this.#unread.pass(this.#text.slice(at, end));
        return end;
      }
    }
    if (inner) {
      if (inner.sign === '`') this.#endLineAt(this.#text.indexOf('`', inner.index + 1));
      this.#skip(line.slice(0, inner.index - at));
      return this.#command(inner.start, inner.sign !== undefined);
    }
    if (DOCUMENT.test(line)) return this.#readDocumentCommand(at);
    this.#skip(line);
    return at + line.length + 1;
  }

  /**
   * Returns the rest of a line and the first command within it, which is searched for once, even if the line has many
   * statements.
   */
  #lineAt(at: number): { line: string; inner: InnerCommand | undefined } {
    const { end, inner, text } = this.#line;
    if (text === this.#text && at < end && (!inner || at <= inner.index)) return { line: text.slice(at, end), inner };
    const lineEnd = this.#text.indexOf('\n', at);
    const line = this.#text.slice(at, lineEnd < 0 ? undefined : lineEnd);
    const found = INNER.exec(line);
    const sign = found?.groups?.['nested'];
    const first = found ? { index: at + found.index, start: at + found.index + found[0].length, sign } : undefined;
    this.#line = { end: at + line.length, inner: first, text: this.#text };
    return { line, inner: first };
  }

  /** Replaces the sign that ends a command in backquotes by a line end, since it would begin another command. */
  #endLineAt(index: number): void {
    if (index < 0 || this.#dialect !== 'bash') return;
    this.#text = `${this.#text.slice(0, index)}\n${this.#text.slice(index + 1)}`;
    this.#reader = new READERS[this.#dialect](this.#text);
  }

  /** Reads a command with a here-document, whose text isn't part of the script. */
  #readDocumentCommand(at: number): number {
    const trial = this.#environment.trial();
    const command = this.#reader.command(at, trial);
    const [name, ...others] = command.words.filter((word) => !word.startsWith('IFS='));
    const last = others.at(-1) ?? '';
    const text = () => command.input ?? '';
    if (name === 'read' && others.filter((word) => /^[A-Za-z_]\w*$/.test(word)).length === 1) {
      const isWhole = others.some((word) => /^-\w*d/.test(word));
      const read = isWhole ? text() : text().replace(/\n.*/s, '');
      this.#environment.assign(last, [read.trim()], trial.missing);
    } else if (name === 'tee') this.#environment.write(last, text, others.includes('-a'));
    else this.#skip(this.#text.slice(at, command.end));
    return Math.max(command.next, at + 1);
  }

  /** Reads a command that writes a file, or curl's input. */
  #readWriter(at: number): number {
    // Uses a separate reader, since a reader keeps the here-documents that it has met.
    const trial = this.#reader.another().command(at, this.#environment.trial());
    const isPiped = trial.operator === '|';
    if (trial.words[1] === '-v') this.#environment.unsettle(trial.words[2] ?? '');
    if (trial.output === undefined && !isPiped) return Math.max(trial.next, at + 1);
    const command = this.#reader.command(at, this.#environment);
    const text = writtenBy(command, this.#environment);
    if (command.output !== undefined) this.#environment.write(command.output, text, command.isAppended);
    if (isPiped) this.#writer = text;
    return command.next;
  }

  /** Notes a statement that isn't understood. The values that it may change are no longer known. */
  #skip(statement: string): void {
    this.#unread.pass(statement);
    this.#note(statement);
  }

  #note(other: string): void {
    if (withoutFences(other) !== '' && this.#others.length < MAX_OTHERS) this.#others.push(withoutFences(other));
  }

  #command(start: number, isNested: boolean): PastedCommand {
    const command = this.#reader.command(start, this.#environment, isNested);
    const after = withoutFences(this.#textAfter(command));
    // curl would use this proxy.
    const proxy = /(?<![\w])(?:https?|all)_proxy=\S+/i.exec(this.#text.slice(0, start))?.[0];
    if (proxy !== undefined) this.#note(proxy);
    const others = [...this.#others, ...command.asides, ...(after === '' ? [] : [after])];
    const writer = this.#writer;
    const stdin = (): string | undefined => command.input ?? writer?.();
    return { ...command, others, stdin };
  }

  /** Returns the text after the command, without the here-documents that begin on the next line. */
  #textAfter({ operator, end, next }: CommandLine): string {
    if (operator === ')') return this.#text.slice(next).replace(/^["'`]/, '');
    const line = this.#text.slice(end);
    const lineEnd = line.indexOf('\n');
    if (operator.trim() === '' || lineEnd < 0) return this.#text.slice(operator.trim() === '' ? next : end);
    const documentsEnd = this.#reader.hereDocuments?.(end + lineEnd + 1, this.#environment) ?? end + lineEnd + 1;
    return `${line.slice(0, lineEnd)}\n${this.#text.slice(documentsEnd)}`;
  }
}
