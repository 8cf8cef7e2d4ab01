import { type CodeAction, type CodeActionProvider, type Diagnostic, l10n, type Range, type TextDocument } from 'vscode';
import { parseScript } from '../../script/parseScript';
import { problemFix } from '../../script/problemFix';
import type { Problem } from '../../script/script';
import { newQuickFix, QUICK_FIXES } from './quickFix';

/** Codes of the problems that a line shows by itself. */
const CODES: readonly Problem['code'][] = ['directive', 'unknownField', 'place'];
/** Maximum length of a line that is read again, in UTF-16 code units. */
const MAX_LINE = 16_000;

/** Quick fixes for a name that another one is meant by, a missing colon, and a missing blank line. */
export class ProblemFixes implements CodeActionProvider {
  static readonly metadata = QUICK_FIXES;

  provideCodeActions(
    document: TextDocument,
    _range: Range,
    { diagnostics }: { diagnostics: readonly Diagnostic[] },
  ): CodeAction[] {
    return diagnostics.flatMap((diagnostic) => fixOf(document, diagnostic) ?? []);
  }
}

function fixOf(document: TextDocument, diagnostic: Diagnostic): CodeAction | undefined {
  const code = CODES.find((one) => one === diagnostic.code);
  if (diagnostic.code === 'noBlankLine') return blankLine(document, diagnostic);
  const { text } = document.lineAt(diagnostic.range.start.line);
  if (code === undefined || text.length > MAX_LINE) return undefined;
  // The line is parsed again: a diagnostic doesn't keep the problem that it was made from.
  const isPlace = code === 'place';
  const { problems } = parseScript(new TextEncoder().encode(isPlace ? `:@ fill\n${text}` : text));
  const { character } = diagnostic.range.start;
  const problem = problems.find((one) => one.code === code && (!isPlace || one.column === character));
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
