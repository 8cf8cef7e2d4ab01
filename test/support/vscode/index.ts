// A fake of the part of VS Code's API that the sessions use, for tests without VS Code. It records all calls.
import { join } from 'node:path/posix';
import type { FromCounterPage, ToCounterPage } from '../../../src/messages/counter';
import { type EditedDocument, FakeDocuments } from './documents';
import { FakeEvent, FakeFiles } from './files';

export {
  CodeAction,
  CompletionItem,
  Diagnostic,
  DiagnosticSeverity,
  DocumentSymbol,
  FoldingRange,
  Hover,
  SnippetString,
} from './documents';
export { FakeEvent as EventEmitter, FileSystemError } from './files';

/** The state that tests set and inspect. */
export const fake = {
  /** The settings, without `sseCounter.`. */
  settings: {} as Record<string, unknown>,
  /** Those that a repository writes, and VS Code lets through, by their whole names. */
  repositorySettings: {} as Record<string, unknown>,
  panels: [] as FakePanel[],
  warnings: [] as string[],
  errors: [] as string[],
  contexts: {} as Record<string, unknown>,
  statusBarItems: [] as FakeStatusBarItem[],
  /** The workspace’s folder. Default: none. */
  folder: undefined as string | undefined,
  /** Its other folders. */
  folders: [] as string[],
  /** VS Code's name for the window as it was loaded. */
  session: 'first load',
  /** Whether the user has trusted the workspace. */
  isTrusted: true,
  trusted: new FakeEvent<void>(),
  shellChanged: new FakeEvent<void>(),
  /** Returns the clipboard's text. */
  readClipboard: async (): Promise<string> => '',
  asExternalUri: (uri: Uri): Promise<Uri> => Promise.resolve(uri),
  /** The button that the user chooses in the next error message. */
  choice: undefined as string | undefined,
  /** Recorded calls that execute, copy, write to a terminal or open something: the name and the arguments. */
  done: [] as unknown[][],
  /** The files that the user picks in a file dialog. */
  picked: undefined as Uri[] | undefined,
  /** Returns the user's choice from a pick list. */
  pick: (_items: unknown[]): unknown => undefined,
  files: new FakeFiles(),
  documents: new FakeDocuments(),
};

export class FakeStatusBarItem {
  text = '';
  tooltip = '';
  accessibilityInformation: { label: string } | undefined;
  command = '';
  shown = false;
  show = () => {
    this.shown = true;
  };
  dispose = () => {
    this.shown = false;
  };
}

export class FakePanel<To = ToCounterPage, From = FromCounterPage> {
  readonly posted: To[] = [];
  iconPath: unknown;
  revealed = 0;
  #title = '';
  #visible = true;
  #receive: (message: From) => void = () => undefined;
  #onDispose: () => void = () => undefined;
  #onViewState: () => void = () => undefined;
  #disposed = false;
  readonly webview = {
    html: '',
    options: {},
    asWebviewUri: (uri: Uri) => uri,
    onDidReceiveMessage: (listener: (message: From) => void) => {
      this.#receive = listener;
    },
    postMessage: async (message: To) => {
      if (this.#disposed) throw new Error('Webview is disposed');
      return this.posted.push(message) > 0;
    },
  };

  get title(): string {
    return this.#ofOpen(this.#title);
  }

  set title(title: string) {
    this.#title = this.#ofOpen(title);
  }

  get visible(): boolean {
    return this.#ofOpen(this.#visible);
  }

  /** Returns the value. @throws if the panel was closed, like VS Code */
  #ofOpen<T>(value: T): T {
    if (this.#disposed) throw new Error('Webview is disposed');
    return value;
  }

  /** Simulates the messages of a page that VS Code has loaded. */
  load(origin = ''): void {
    this.say({ type: 'ready', page: /data-page="([^"]+)"/.exec(this.webview.html)?.[1] ?? '', origin } as From);
  }

  /** Simulates a message from the page. */
  say(message: From): void {
    this.#receive(message);
  }

  /** Simulates that the user brings this tab, or another one, to the front. */
  show(visible: boolean): void {
    this.#visible = visible;
    this.#onViewState();
  }

  onDidChangeViewState(listener: () => void): void {
    this.#onViewState = listener;
  }

  onDidDispose(listener: () => void): void {
    this.#onDispose = listener;
  }

  reveal(): void {
    this.revealed = this.#ofOpen(this.revealed) + 1;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#onDispose();
  }
}

export class Uri {
  readonly fsPath: string;
  constructor(path: string) {
    this.fsPath = path;
  }

  /** Files have no scheme here, so that a strict caller only hears of a text that is empty. */
  static parse = (text: string, isStrict = false) => {
    if (isStrict && text === '') throw new Error('[UriError]: Scheme is missing.');
    const [, scheme = 'file'] = /^([^:/?#]+):/.exec(text) ?? [];
    if (!/^\w[\w+.-]*$/.test(scheme)) throw new Error('[UriError]: Scheme contains illegal characters.');
    return new Uri(text);
  };
  static file = (path: string) => new Uri(path);
  /** The scheme: the fake's files aren't on the disk. */
  get scheme(): string {
    const [, scheme] = /^([a-z][\w-]*):/.exec(this.fsPath) ?? [];
    return scheme ?? (this.fsPath.startsWith('/folder/') ? 'vscode-vfs' : 'file');
  }

  /** Returns a URI with another scheme, which is visible in its text, or without a fragment. */
  with({ scheme, fragment }: { scheme?: string; fragment?: '' }): Uri {
    const uri = new Uri(fragment === '' ? this.fsPath.replace(/#.*$/s, '') : this.fsPath);
    if (scheme !== undefined) uri.toString = () => `${scheme}:${this.fsPath}`;
    return uri;
  }

  get path(): string {
    return this.fsPath;
  }

  static joinPath = (uri: Uri, ...parts: string[]) => new Uri(join(uri.fsPath, ...parts));
  toString = () => this.fsPath;
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class WorkspaceEdit {
  readonly inserts: { uri: string; position: Position; text: string }[] = [];
  insert(uri: Uri, position: Position, text: string): void {
    this.inserts.push({ uri: uri.toString(), position, text });
  }

  readonly replacements: { uri: string; range: Range; text: string }[] = [];
  replace(uri: Uri, range: Range, text: string): void {
    this.replacements.push({ uri: uri.toString(), range, text });
  }
}

export class Range {
  constructor(
    readonly line: number,
    readonly column: number,
    readonly endLine: number,
    readonly endColumn: number,
  ) {}

  get start(): { line: number; character: number } {
    return { line: this.line, character: this.column };
  }

  get end(): { line: number; character: number } {
    return { line: this.endLine, character: this.endColumn };
  }
}

export class RelativePattern {
  constructor(
    readonly base: Uri,
    readonly pattern: string,
  ) {}
}

export const Disposable = {
  from: (...all: { dispose(): void }[]) => ({ dispose: () => all.forEach((one) => void one.dispose()) }),
};
export class TabInputWebview {
  constructor(readonly viewType = '') {}
}
export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 };
export const SymbolKind = { Event: 23 };
export const CodeActionKind = { QuickFix: { value: 'quickfix' } };
export const CompletionItemKind = { Keyword: 13 };
export const StatusBarAlignment = { Left: 1 };
export const ProgressLocation = { Notification: 15 };
export const ViewColumn = { Active: -1, Beside: -2 };
export const l10n = {
  t: (message: string | { message: string }, ...args: unknown[]) =>
    (typeof message === 'string' ? message : message.message).replace(/\{(\d)\}/g, (_, index) => String(args[index])),
};
export const languages = {
  setTextDocumentLanguage: async (document: object, language: string) => {
    const made = fake.documents.made.find((one) => one === document);
    if (made) Object.assign(made, { language });
    return document;
  },
  createDiagnosticCollection: () => fake.documents.collection(),
  registerCompletionItemProvider: () => ({ dispose: () => undefined }),
  registerCodeActionsProvider: () => ({ dispose: () => undefined }),
  registerHoverProvider: () => ({ dispose: () => undefined }),
  registerDocumentSymbolProvider: () => ({ dispose: () => undefined }),
  registerFoldingRangeProvider: () => ({ dispose: () => undefined }),
};
const does =
  (name: string) =>
  async (...args: unknown[]) =>
    void fake.done.push([name, ...args]);
export const env = {
  /** Path of the terminals' shell; empty if unknown. */
  shell: '',
  onDidChangeShell: (listener: () => void) => fake.shellChanged.event(listener),
  get sessionId() {
    return fake.session;
  },
  asExternalUri: (uri: Uri) => fake.asExternalUri(uri),
  openExternal: (uri: Uri) => does('open')(uri.toString()),
  clipboard: { writeText: does('copy'), readText: () => fake.readClipboard() },
};
export const commands = {
  executeCommand: async (command: string, key: string, value: unknown) => {
    if (command === 'setContext') fake.contexts[key] = value;
    else fake.done.push([command, key]);
  },
};
export const workspace = {
  getConfiguration: (section?: string) => ({
    inspect: (name: string) => ({
      globalValue: fake.settings[name],
      workspaceValue: fake.repositorySettings[section === undefined ? name : `${section}.${name}`],
    }),
  }),
  fs: {
    /** Returns a boolean for registered schemes; `undefined` for any other, as in VS Code. */
    isWritableFileSystem: (scheme: string) =>
      (({ 'file': true, 'vscode-vfs': true, 'memfs': true, 'git': false, 'zip': false }) as Record<string, boolean>)[
        scheme
      ],
    stat: (uri: Uri) => fake.files.stat(uri.path),
    readFile: (uri: Uri) => fake.files.read(uri.path),
  },
  createFileSystemWatcher: ({ pattern }: RelativePattern) => fake.files.watch(pattern),
  onDidSaveTextDocument: (listener: (document: { uri: Uri }) => void) => fake.files.saved.event(listener),
  get textDocuments() {
    return fake.files.documents;
  },
  save: async (uri: Uri) => fake.files.save(uri),
  onDidOpenTextDocument: (listener: (document: EditedDocument) => void) => fake.documents.opened.event(listener),
  onDidChangeTextDocument: (listener: (change: { document: EditedDocument }) => void) =>
    fake.documents.changed.event(listener),
  onDidCloseTextDocument: (listener: (document: EditedDocument) => void) => fake.documents.closed.event(listener),
  onDidGrantWorkspaceTrust: (listener: () => void) => fake.trusted.event(listener),
  get isTrusted() {
    return fake.isTrusted;
  },
  get workspaceFolders() {
    const paths = fake.folder === undefined ? fake.folders : [fake.folder, ...fake.folders];
    return paths.length === 0 ? undefined : paths.map((path) => ({ uri: new Uri(path) }));
  },
  applyEdit: async ({ inserts }: WorkspaceEdit) => fake.documents.made.push(...inserts) > 0,
  registerTextDocumentContentProvider: (scheme: string, provider: { provideTextDocumentContent(uri: Uri): string }) => {
    fake.documents.providers.set(scheme, provider);
    return { dispose: () => undefined };
  },
  openTextDocument: async (options: object) => {
    const content =
      options instanceof Uri && fake.documents.providers.get(options.scheme)?.provideTextDocumentContent(options);
    if (typeof content === 'string') {
      const made = { content, language: 'sse-data' };
      fake.documents.opens.push(String(options));
      fake.documents.made.push(made);
      return made;
    }
    if (options instanceof Uri) return { uri: options };
    fake.documents.made.push(options);
    return options;
  },
};
export const window = {
  createWebviewPanel: () => {
    const panel = new FakePanel();
    fake.panels.push(panel);
    return panel;
  },
  tabGroups: {
    all: [],
    onDidChangeTabs: new FakeEvent<object>().event,
    onDidChangeTabGroups: new FakeEvent<object>().event,
  },
  createStatusBarItem: () => {
    const item = new FakeStatusBarItem();
    fake.statusBarItems.push(item);
    return item;
  },
  showWarningMessage: async (message: string) => void fake.warnings.push(message),
  showErrorMessage: async (message: string) => {
    fake.errors.push(message);
    return fake.choice;
  },
  visibleTextEditors: [] as { document: { uri: Uri }; viewColumn: number }[],
  get activeTextEditor() {
    return fake.files.active ? { document: fake.files.active } : undefined;
  },
  onDidChangeTextEditorSelection: (listener: (change: object) => void) => fake.documents.selected.event(listener),
  onDidChangeActiveTextEditor: (listener: (change: object) => void) => fake.documents.selected.event(listener),
  showTextDocument: does('show'),
  showQuickPick: async <T>(items: T[]) => fake.pick(items) as T | undefined,
  showOpenDialog: async () => fake.picked,
  setStatusBarMessage: () => undefined,
  createTerminal: () => ({ show: () => undefined, sendText: does('terminal') }),
};
