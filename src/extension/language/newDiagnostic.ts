import { Diagnostic, type DiagnosticSeverity, type Range } from 'vscode';
import { plainText } from '../shared/output/plainText';

/** Returns what VS Code marks in a document, said by this extension. */
export function newDiagnostic(range: Range, text: string, level: DiagnosticSeverity): Diagnostic {
  const diagnostic = new Diagnostic(range, plainText(text), level);
  diagnostic.source = 'SSE Counter';
  return diagnostic;
}
