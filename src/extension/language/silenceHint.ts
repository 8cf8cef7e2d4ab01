import {
  type CodeAction,
  type CodeActionProvider,
  type Diagnostic,
  DiagnosticSeverity,
  l10n,
  type Range,
  type TextDocument,
} from 'vscode';
import { newDiagnostic } from './newDiagnostic';
import { newQuickFix, QUICK_FIXES } from './quickFix';

/** Code of the hint, by which its fix recognizes it. */
const SILENCE = 'silence';
/** Line to be sent first; a blank line ends its block. The time is Chromium's default. */
const FIRST = 'retry: 3000';

/**
 * Returns the hint that a file sends nothing at first. A hint is drawn as three dots and isn't listed among the problems,
 * because this is no error, and most recordings start this way.
 * @param range of the pause before anything is sent
 */
export function silenceHint(range: Range): Diagnostic {
  const text = l10n.t(
    'Nothing is sent before this. Vite, webpack-dev-server and http-proxy pass on the head of the response with the first byte: behind them, clients see the stream open only then. Send “{0}” first.',
    FIRST,
  );
  const hint = newDiagnostic(range, text, DiagnosticSeverity.Hint);
  hint.code = SILENCE;
  return hint;
}

/** Quick fix that sends a line first if a script starts with silence. To be registered as a code action provider. */
export class SilenceFix implements CodeActionProvider {
  static readonly metadata = QUICK_FIXES;

  provideCodeActions(
    document: TextDocument,
    _range: Range,
    { diagnostics }: { diagnostics: readonly Diagnostic[] },
  ): CodeAction[] {
    return diagnostics.filter(({ code }) => code === SILENCE).map((hint) => fixOf(document, hint));
  }
}

function fixOf({ uri }: TextDocument, hint: Diagnostic): CodeAction {
  const fix = newQuickFix(l10n.t('Send “{0}” first', FIRST), hint);
  // Right before the pause, because a method has to stay the first line.
  fix.edit.insert(uri, hint.range.start, `${FIRST}\n\n`);
  return fix;
}
