import { CodeAction, CodeActionKind, type Diagnostic, WorkspaceEdit } from 'vscode';
import { plainText } from '../shared/output/plainText';

/** Kinds of the code actions that our providers offer. */
export const QUICK_FIXES = { providedCodeActionKinds: [CodeActionKind.QuickFix] };

/** Returns the preferred quick fix for a diagnostic, with the edit that it makes. */
export function newQuickFix(title: string, diagnostic: Diagnostic): CodeAction & { edit: WorkspaceEdit } {
  const fix = new CodeAction(plainText(title), CodeActionKind.QuickFix);
  const edit = new WorkspaceEdit();
  return Object.assign(fix, { edit, diagnostics: [diagnostic], isPreferred: true });
}
