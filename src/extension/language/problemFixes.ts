import {
  type CancellationToken,
  type CodeAction,
  type CodeActionProvider,
  type Diagnostic,
  l10n,
  type Range,
  type TextDocument,
} from 'vscode';
import { parseScript } from '../../script/parseScript';
import { problemFix } from '../../script/problemFix';
import type { Problem } from '../../script/script';
import type { Turns } from '../../turns/turns';
import { newQuickFix, QUICK_FIXES } from './quickFix';

/** Codes of the problems that a line shows by itself. */
const CODES: readonly Problem['code'][] = ['directive', 'unknownField', 'place'];
/** Maximum length of a line that is read again, in UTF-16 code units. */
const MAX_LINE = 16_000;

/** Quick fixes for a name that another one is meant by, a missing colon, and a missing blank line. Made in turns: VS Code asks for those of all that is selected. */
export class ProblemFixes implements CodeActionProvider {
  static readonly metadata = QUICK_FIXES;
  readonly #turns: Turns;

  /** @param turns shared by all work in this window */
  constructor(turns: Turns) {
    this.#turns = turns;
  }

  async provideCodeActions(
    document: TextDocument,
    _range: Range,
    { diagnostics }: { diagnostics: readonly Diagnostic[] },
    token: CancellationToken,
  ): Promise<CodeAction[]> {
    const { version } = document;
    const lines = new ProblemLines(document);
    const fixes: CodeAction[] = [];
    for (const diagnostic of diagnostics) {
      if (this.#turns.isOver) await this.#turns.next();
      // The places of an edited document are others.
      if (token.isCancellationRequested || document.version !== version) return [];
      const fix = fixOf(document, diagnostic, lines);
      if (fix) fixes.push(fix);
    }
    return fixes;
  }
}

/** Parses lines again, since a diagnostic doesn't keep the problem that it was made from. */
class ProblemLines {
  readonly #document: TextDocument;
  /** The latest line, because hundreds of diagnostics may be in the same one. */
  #latest: { line: number; isFilled: boolean; problems: readonly Problem[] } | undefined;

  constructor(document: TextDocument) {
    this.#document = document;
  }

  /** Returns the problems of a line; none if it is too long. @param isFilled whether its places are filled in */
  problemsOf(line: number, isFilled: boolean): readonly Problem[] {
    if (this.#latest?.line !== line || this.#latest.isFilled !== isFilled) {
      const { text } = this.#document.lineAt(line);
      const script = isFilled ? `:@ fill\n${text}` : text;
      const problems = text.length > MAX_LINE ? [] : parseScript(new TextEncoder().encode(script)).problems;
      this.#latest = { line, isFilled, problems };
    }
    return this.#latest.problems;
  }
}

function fixOf(document: TextDocument, diagnostic: Diagnostic, lines: ProblemLines): CodeAction | undefined {
  const code = CODES.find((one) => one === diagnostic.code);
  if (diagnostic.code === 'noBlankLine') return blankLine(document, diagnostic);
  if (code === undefined) return undefined;
  const isPlace = code === 'place';
  const { line, character } = diagnostic.range.start;
  const problem = lines
    .problemsOf(line, isPlace)
    .find((one) => one.code === code && (!isPlace || one.column === character));
  const replacement = problem && problemFix(problem);
  if (replacement === undefined) return undefined;
  const fix = newQuickFix(l10n.t('Change to “{0}”', replacement), diagnostic);
  fix.edit.replace(document.uri, diagnostic.range, replacement);
  return fix;
}

function blankLine(document: TextDocument, diagnostic: Diagnostic): CodeAction {
  const fix = newQuickFix(l10n.t('End the event with a blank line'), diagnostic);
  const last = document.lineAt(document.lineCount - 1);
  fix.edit.insert(document.uri, last.range.end, last.text === '' ? '\n' : '\n\n');
  return fix;
}
