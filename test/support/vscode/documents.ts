// Fakes of VS Code's open documents and their diagnostics, for tests without VS Code.
import { FakeEvent } from './files';
import { Range, type Uri, type WorkspaceEdit } from './index';

export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 };

export class Diagnostic {
  code: unknown;
  source: unknown;
  constructor(
    readonly range: Range,
    readonly message: string,
    readonly severity: number,
  ) {}
}

export class CodeAction {
  edit: WorkspaceEdit | undefined;
  diagnostics: Diagnostic[] | undefined;
  isPreferred: boolean | undefined;
  constructor(
    readonly title: string,
    readonly kind: unknown,
  ) {}
}

export class CompletionItem {
  detail = '';
  sortText = '';
  insertText: SnippetString | undefined;
  range: Range | undefined;
  constructor(readonly label: string) {}
}

export class SnippetString {
  constructor(readonly value: string) {}
}

export class Hover {
  constructor(
    readonly contents: unknown[],
    readonly range: Range,
  ) {}
}

export class FoldingRange {
  constructor(
    readonly start: number,
    readonly end: number,
  ) {}
}

export class DocumentSymbol {
  constructor(
    readonly name: string,
    readonly detail: string,
    readonly kind: number,
    readonly range: Range,
    readonly selectionRange: Range,
  ) {}
}

/** A document that can be edited. */
export class EditedDocument {
  readonly isDirty = false;
  readonly isUntitled = false;
  #text: string;
  /** Its lines, split beforehand: VS Code finds one at once. */
  #lines: string[];
  /** Number of times that a line was requested. */
  asked = 0;
  version = 1;
  constructor(
    readonly uri: Uri,
    readonly languageId: string,
    text: string,
  ) {
    this.#text = text;
    this.#lines = text.split(/\r\n|\r|\n/);
  }

  get lineCount(): number {
    return this.#lines.length;
  }

  /** Returns the offset of a position in the last line. */
  offsetAt({ line, character }: { line: number; character: number }): number {
    if (line !== this.lineCount - 1) throw new Error('Another line');
    return this.#text.lastIndexOf('\n') + 1 + character;
  }

  lineAt(line: number): { text: string; range: Range } {
    this.asked += 1;
    const text = this.#lines[line];
    if (text === undefined) throw new Error('Illegal value for `line`');
    return { text, range: new Range(line, 0, line, text.length) };
  }

  /** Simulates an edit. */
  edit(text: string): void {
    this.version += 1;
    this.#text = text;
    this.#lines = text.split(/\r\n|\r|\n/);
  }
}

/** Events and diagnostics of the open documents. */
export class FakeDocuments {
  readonly opened = new FakeEvent<EditedDocument>();
  readonly changed = new FakeEvent<{ document: EditedDocument }>();
  readonly closed = new FakeEvent<EditedDocument>();
  /** Emitter for changes of the selection and of the active editor. */
  readonly selected = new FakeEvent<object>();
  /** Diagnostics, by the document's URI. */
  readonly found = new Map<string, Diagnostic[]>();
  /** Options that new documents were created with. */
  readonly made: unknown[] = [];
  /** URIs of the read-only documents that were opened. */
  readonly opens: string[] = [];
  /** Providers of read-only documents, by the scheme of their URIs. */
  readonly providers = new Map<string, { provideTextDocumentContent(uri: Uri): string }>();

  /** Returns a fake of VS Code's `DiagnosticCollection`. */
  collection() {
    return {
      set: (uri: Uri, diagnostics: Diagnostic[]) => void this.found.set(uri.toString(), diagnostics),
      delete: (uri: Uri) => void this.found.delete(uri.toString()),
      dispose: () => this.found.clear(),
    };
  }
}
