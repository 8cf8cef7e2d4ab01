// The part of VS Code's API that a counter session uses, for tests without VS Code. It keeps what it was told.
import type { FromCounterPage, ToCounterPage } from '../../src/messages/counter';

/** What the tests set and see. */
export const fake = {
  /** The settings, without `sseCounter.`. */
  settings: {} as Record<string, unknown>,
  panels: [] as FakePanel[],
  warnings: [] as string[],
  errors: [] as string[],
  contexts: {} as Record<string, unknown>,
  statusBarItems: [] as FakeStatusBarItem[],
  asExternalUri: (uri: Uri): Promise<Uri> => Promise.resolve(uri),
};

export class FakeStatusBarItem {
  text = '';
  tooltip = '';
  command = '';
  shown = false;
  show = () => {
    this.shown = true;
  };
  dispose = () => {
    this.shown = false;
  };
}

export class FakePanel {
  readonly posted: ToCounterPage[] = [];
  iconPath: unknown;
  #receive: (message: FromCounterPage) => void = () => undefined;
  #onDispose: () => void = () => undefined;
  #disposed = false;
  readonly webview = {
    html: '',
    options: {},
    asWebviewUri: (uri: Uri) => uri,
    onDidReceiveMessage: (listener: (message: FromCounterPage) => void) => {
      this.#receive = listener;
    },
    postMessage: async (message: ToCounterPage) => {
      if (this.#disposed) throw new Error('Webview is disposed');
      return this.posted.push(message) > 0;
    },
  };

  /** What the page does when VS Code has loaded it. */
  load(origin: string): void {
    this.say({ type: 'ready', page: /data-page="([^"]+)"/.exec(this.webview.html)?.[1] ?? '', origin });
  }

  /** The page speaks. */
  say(message: FromCounterPage): void {
    this.#receive(message);
  }

  onDidDispose(listener: () => void): void {
    this.#onDispose = listener;
  }

  reveal(): void {}

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

  static parse = (text: string) => new Uri(text);
  static joinPath = (uri: Uri, ...parts: string[]) => new Uri([uri.fsPath, ...parts].join('/'));
  toString = () => this.fsPath;
}

export class TabInputWebview {}
export const StatusBarAlignment = { Left: 1 };
export const ViewColumn = { Active: -1 };
export const l10n = {
  t: (message: string | { message: string }, ...args: unknown[]) =>
    (typeof message === 'string' ? message : message.message).replace(/\{(\d)\}/g, (_, index) => String(args[index])),
};
export const env = { asExternalUri: (uri: Uri) => fake.asExternalUri(uri) };
export const commands = {
  executeCommand: async (command: string, key: string, value: unknown) => {
    if (command === 'setContext') fake.contexts[key] = value;
  },
};
export const workspace = {
  getConfiguration: () => ({ get: (name: string) => fake.settings[name] }),
};
export const window = {
  createWebviewPanel: () => {
    const panel = new FakePanel();
    fake.panels.push(panel);
    return panel;
  },
  tabGroups: { all: [] },
  createStatusBarItem: () => {
    const item = new FakeStatusBarItem();
    fake.statusBarItems.push(item);
    return item;
  },
  showWarningMessage: async (message: string) => void fake.warnings.push(message),
  showErrorMessage: async (message: string) => void fake.errors.push(message),
};
