import { Diagnostic, type DiagnosticSeverity, type Range } from 'vscode';
import { plainText } from '../shared/output/plainText';

/** Returns a diagnostic for a document, with this extension as its source. */
export function newDiagnostic(range: Range, text: string, level: DiagnosticSeverity): Diagnostic {
  const diagnostic = new Diagnostic(range, plainText(text), level);
  diagnostic.source = 'SSE Counter';
  return diagnostic;
}
