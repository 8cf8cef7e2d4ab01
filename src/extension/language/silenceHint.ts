import {
  CodeAction,
  CodeActionKind,
  type CodeActionProvider,
  type Diagnostic,
  DiagnosticSeverity,
  l10n,
  type Range,
  type TextDocument,
  WorkspaceEdit,
} from 'vscode';
import { plainText } from '../shared/output/plainText';
import { newDiagnostic } from './newDiagnostic';

/** Code of the hint, by which its fix knows it. */
const SILENCE = 'silence';
/** Line that is sent first, and the blank line that ends its block. The time is what Chromium takes without it. */
const FIRST = 'retry: 3000';

/**
 * Returns the hint that a file sends nothing at first. A hint is drawn as three dots and isn't listed among the problems: it
 * is no fault, and most recordings begin so.
 * @param range of the pause that comes before all that is sent
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

/** Offers to send something first, where nothing is sent at first. To be registered as a quick fix. */
export class SilenceFix implements CodeActionProvider {
  static readonly metadata = { providedCodeActionKinds: [CodeActionKind.QuickFix] };

  provideCodeActions(
    document: TextDocument,
    _range: Range,
    { diagnostics }: { diagnostics: readonly Diagnostic[] },
  ): CodeAction[] {
    return diagnostics.filter(({ code }) => code === SILENCE).map((hint) => fixOf(document, hint));
  }
}

function fixOf({ uri }: TextDocument, hint: Diagnostic): CodeAction {
  const fix = new CodeAction(plainText(l10n.t('Send “{0}” first', FIRST)), CodeActionKind.QuickFix);
  fix.edit = new WorkspaceEdit();
  // Right before the pause: a method has to stay the first line.
  fix.edit.insert(uri, hint.range.start, `${FIRST}\n\n`);
  fix.diagnostics = [hint];
  fix.isPreferred = true;
  return fix;
}
