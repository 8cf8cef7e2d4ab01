import { randomUUID } from 'node:crypto';
import {
  Disposable,
  languages,
  TabInputWebview,
  type TextDocumentContentProvider,
  Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';

/** Scheme of the documents' URIs. */
const SCHEME = 'sse-data';
/** Folder in their paths, by which VS Code takes them for event data: it would guess another language by their text. */
const FOLDER = '.sse-data';
/** Maximum number of texts that are kept, of up to 1 MB each. */
const MAX_KEPT = 50;
/** Maximum number of groups of editors. */
const MAX_GROUPS = 9;

/** A text to be shown. */
export interface DataText {
  /** Title of its tab. */
  title: string;
  content: string;
  /** Id of its language. Default: event data. */
  language?: 'json' | undefined;
}

/** Read-only documents with data of events. A text is kept until its document is closed. */
export class DataDocuments implements TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #registered: Disposable;

  constructor() {
    this.#registered = Disposable.from(
      workspace.registerTextDocumentContentProvider(SCHEME, this),
      workspace.onDidCloseTextDocument(({ uri }) => this.#letGo(uri)),
    );
  }

  /** Number of texts that are kept. */
  get size(): number {
    return this.#texts.size;
  }

  provideTextDocumentContent(uri: Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Shows a text in a preview tab, beside the panel, but not over another panel. */
  async show({ title, content, language }: DataText): Promise<void> {
    // Never again the same: VS Code shows a document that it has, as after the extension host was killed, with its old text.
    const uri = Uri.parse(`${SCHEME}:/${FOLDER}/${randomUUID().slice(0, 8)}/${encodeURIComponent(title)}`);
    this.#texts.set(uri.toString(), content);
    const [oldest] = this.#texts.keys();
    if (this.#texts.size > MAX_KEPT && oldest !== undefined) this.#texts.delete(oldest);
    const document = await workspace.openTextDocument(uri);
    const shown = language ? await languages.setTextDocumentLanguage(document, language) : document;
    await window.showTextDocument(shown, { viewColumn: freeColumn(), preview: true });
  }

  /** Lets go of all texts. */
  dispose(): void {
    this.#registered.dispose();
    this.#texts.clear();
  }

  /** Lets go of a text, unless its document was only given another language, which VS Code reports as closing it, too. */
  #letGo(uri: Uri): void {
    const isOpen = workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
    if (!isOpen) this.#texts.delete(uri.toString());
  }
}

/** Returns the column of a group that shows no panel, else that of a new group. */
function freeColumn(): ViewColumn {
  const { all } = window.tabGroups;
  const free = all.find(({ isActive, activeTab }) => !isActive && !(activeTab?.input instanceof TabInputWebview));
  if (free) return free.viewColumn;
  return all.length > 1 && all.length < MAX_GROUPS ? all.length + 1 : ViewColumn.Beside;
}
