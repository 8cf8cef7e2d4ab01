import {
  type Diagnostic,
  DiagnosticSeverity,
  Disposable,
  l10n,
  languages,
  Range,
  type TextDocument,
  workspace,
} from 'vscode';
import { parseInTurns } from '../../client/files/parseInTurns';
import { problemText } from '../../script/problemText';
import type { Problem, Script } from '../../script/script';
import type { Turns } from '../../turns/turns';
import type { Log } from '../shared/output/log';
import { LANGUAGE } from '../shared/panel/viewTypes';
import { documentBytes } from './document/documentBytes';
import { eventBlocks } from './document/eventBlocks';
import { isFile } from './isFile';
import { jsonHint } from './jsonHint';
import { newDiagnostic } from './newDiagnostic';
import { silenceHint } from './silenceHint';

/** Debounce delay after the last edit before a document is checked, in milliseconds. */
const DEBOUNCE_DELAY = 300;
/** Maximum length of a document that is checked, in UTF-16 code units. A longer one is checked only when it is served. */
const MAX_LENGTH = 5_000_000;

/** Maximum number of problems shown of each severity: more would cost the window time, and help nobody. */
const MAX_SHOWN = 500;

/** Checks the open `.sse` documents, at once and after each edit. Takes turns with other work. */
export class Diagnostics {
  readonly #log: Log;
  readonly #collection = languages.createDiagnosticCollection(LANGUAGE);
  /** Timers of pending checks. */
  readonly #timers = new Map<TextDocument, NodeJS.Timeout>();
  /** Checks in progress. */
  readonly #running = new Map<TextDocument, AbortController>();
  readonly #turns: Turns;
  /** Documents already logged as too long, so that typing in them doesn't log it again. */
  readonly #skipped = new WeakSet<TextDocument>();
  readonly #owned: Disposable;

  constructor(log: Log, turns: Turns) {
    this.#log = log;
    this.#turns = turns;
    this.#owned = Disposable.from(
      workspace.onDidOpenTextDocument((document) => this.#check(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.#checkSoon(document)),
      // Also fires when its language is changed.
      workspace.onDidCloseTextDocument((document) => this.#forget(document)),
      this.#collection,
    );
    for (const document of workspace.textDocuments) this.#check(document);
  }

  /** Removes all diagnostics. Can be called repeatedly. */
  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    for (const running of this.#running.values()) running.abort();
    this.#timers.clear();
    this.#running.clear();
    this.#owned.dispose();
  }

  #checkSoon(document: TextDocument): void {
    if (!isChecked(document)) return;
    this.#cancel(document);
    this.#timers.set(
      document,
      setTimeout(() => this.#check(document), DEBOUNCE_DELAY),
    );
  }

  /** Cancels the pending or running check. */
  #cancel(document: TextDocument): void {
    clearTimeout(this.#timers.get(document));
    this.#timers.delete(document);
    this.#running.get(document)?.abort();
    this.#running.delete(document);
  }

  #check(document: TextDocument): void {
    this.#cancel(document);
    if (!isChecked(document)) return;
    if (lengthOf(document) > MAX_LENGTH) this.#skip(document);
    else this.#checkText(document).catch((error: unknown) => this.#log.error(error));
  }

  #skip(document: TextDocument): void {
    this.#collection.set(document.uri, []);
    if (this.#skipped.has(document)) return;
    this.#skipped.add(document);
    this.#log.info(l10n.t('Too long to be checked while it is edited: {0}', document.uri.fsPath));
  }

  async #checkText(document: TextDocument): Promise<void> {
    const running = new AbortController();
    const { signal } = running;
    this.#running.set(document, running);
    const bytes = await documentBytes(document, this.#turns, () => signal.aborted);
    const script = bytes && (await parseInTurns(bytes, this.#turns, signal));
    const found = script && (await this.#toDiagnostics(script, document, signal));
    // If the document was edited meanwhile, its lines have changed.
    if (!found || signal.aborted) return;
    this.#running.delete(document);
    this.#collection.set(document.uri, found);
  }

  /** Resolves with diagnostics for the shown problems and the hint, made in turns; undefined if aborted. */
  async #toDiagnostics(
    { problems, silentAt, fill }: Script,
    document: TextDocument,
    signal: AbortSignal,
  ): Promise<Diagnostic[] | undefined> {
    const shown = shownOf(problems);
    const found: Diagnostic[] = [];
    const hints: Diagnostic[] = [];
    for (const problem of shown) {
      if (this.#turns.isOver) await this.#turns.next();
      // The document may have fewer lines now.
      if (signal.aborted) return undefined;
      found.push(toDiagnostic(problem, document));
    }
    const more = problems.length - shown.length;
    const last = shown.at(-1);
    if (last && more > 0) {
      const text = l10n.t('More problems were found than are shown here: {0} more.', more);
      found.push(newDiagnostic(document.lineAt(last.line).range, text, DiagnosticSeverity.Information));
    }
    if (silentAt !== undefined) found.push(silenceHint(document.lineAt(silentAt).range));
    const blocks = await eventBlocks(document, this.#turns, () => signal.aborted);
    for (const block of blocks ?? []) {
      if (this.#turns.isOver) await this.#turns.next();
      const hint = jsonHint(block, fill !== undefined);
      if (hint && hints.push(hint) >= MAX_SHOWN) break;
    }
    return blocks && [...found, ...hints];
  }

  #forget(document: TextDocument): void {
    this.#cancel(document);
    this.#collection.delete(document.uri);
  }
}

function isChecked({ languageId, uri }: TextDocument): boolean {
  return languageId === LANGUAGE && isFile(uri);
}

/** Returns the document's length in UTF-16 code units; for one with too many lines, the number of lines as a lower bound. */
function lengthOf(document: TextDocument): number {
  const last = document.lineCount - 1;
  return last > MAX_LENGTH ? last : document.offsetAt(document.lineAt(last).range.end);
}

/** Returns the first problems of each severity, up to the maximum. */
function shownOf(problems: readonly Problem[]): Problem[] {
  const counts = { error: 0, warning: 0 };
  return problems.filter(({ severity }) => {
    counts[severity] += 1;
    return counts[severity] <= MAX_SHOWN;
  });
}

function toDiagnostic(problem: Problem, document: TextDocument): Diagnostic {
  const { line, column, endColumn, severity, code } = problem;
  // Something missing has no range of its own, so the line is marked.
  const range = column < endColumn ? new Range(line, column, line, endColumn) : document.lineAt(line).range;
  const level = severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;
  const diagnostic = newDiagnostic(range, problemText(l10n.t, problem), level);
  diagnostic.code = code;
  return diagnostic;
}
