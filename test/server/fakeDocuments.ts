// Documents that are open in VS Code, and what it marks in them, for tests without VS Code.
import { FakeEvent } from './fakeFiles';
import { Range, type Uri } from './vscode';

export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2 };

export class Diagnostic {
  code: unknown;
  source: unknown;
  constructor(
    readonly range: Range,
    readonly message: string,
    readonly severity: number,
  ) {}
}

export class CompletionItem {
  detail = '';
  insertText: SnippetString | undefined;
  range: Range | undefined;
  constructor(readonly label: string) {}
}

export class SnippetString {
  constructor(readonly value: string) {}
}

/** A document that can be edited. */
export class EditedDocument {
  readonly isDirty = false;
  readonly isUntitled = false;
  #text: string;
  constructor(
    readonly uri: Uri,
    readonly languageId: string,
    text: string,
  ) {
    this.#text = text;
  }

  getText(): string {
    return this.#text;
  }

  lineAt(line: number): { text: string; range: Range } {
    const text = this.#text.split(/\r\n|\r|\n/)[line];
    if (text === undefined) throw new Error('Illegal value for `line`');
    return { text, range: new Range(line, 0, line, text.length) };
  }

  /** Somebody has typed. */
  edit(text: string): void {
    this.#text = text;
  }
}

/** What happens to them, and what is found in them. */
export class FakeDocuments {
  readonly opened = new FakeEvent<EditedDocument>();
  readonly changed = new FakeEvent<{ document: EditedDocument }>();
  readonly closed = new FakeEvent<EditedDocument>();
  /** By the document's URI. */
  readonly found = new Map<string, Diagnostic[]>();
  /** What a new document is made with. */
  readonly made: unknown[] = [];

  /** As VS Code's `DiagnosticCollection`. */
  collection() {
    return {
      set: (uri: Uri, diagnostics: Diagnostic[]) => void this.found.set(uri.toString(), diagnostics),
      delete: (uri: Uri) => void this.found.delete(uri.toString()),
      dispose: () => this.found.clear(),
    };
  }
}
