import { type Extension, type ExtensionContext, Uri, type WebviewPanel, window } from 'vscode';
import manifest from '../../../package.json' with { type: 'json' };
import { CounterSession } from '../../../src/extension/counter/counterSession';
import { InspectorCommands } from '../../../src/extension/inspector/inspectorCommands';
import { ServedFile } from '../../../src/extension/mock/content/servedFile';
import { ServedFolder } from '../../../src/extension/mock/content/servedFolder';
import { MockSession } from '../../../src/extension/mock/mockSession';
import type { Log } from '../../../src/extension/shared/output/log';
import { PanelTitles, type WindowMemory } from '../../../src/extension/shared/panel/panelTitles';
import { MOCK_PANEL } from '../../../src/extension/shared/panel/viewTypes';
import { Turns } from '../../../src/turns/turns';
import { FakeDocuments } from '../../support/vscode/documents';
import { FakeFiles } from '../../support/vscode/files';
import { Uri as FakeUri, fake } from '../../support/vscode/index';
import { FakeMemory } from '../../support/vscode/memory';
import { EXTENSION } from './panelServer';
import { PanelView, type PanelViewOptions } from './panelView';

/** A window of VS Code with our panels in it, without the rest of VS Code. */
export class EditorWindow {
  readonly log: string[] = [];
  /** Questions asked in modal dialogs, whose button the user chooses. */
  readonly questions: string[] = [];
  /** Values that the user enters for placeholders; undefined: the user presses Escape. */
  values: string[] | undefined;
  /** File that the user chooses in a save dialog. */
  saveTo: string | undefined;
  readonly #options: PanelViewOptions;
  readonly #views: PanelView[] = [];
  readonly #ends: (() => unknown)[] = [];
  readonly #turns = new Turns();
  readonly #ports = new Map<number, { title: string }>();
  readonly #log: Log;

  constructor(options: PanelViewOptions) {
    this.#options = options;
    const note = (text: string | Error) => void this.log.push(String(text));
    this.#log = { info: note, warn: note, error: note } as unknown as Log;
    const settings = { port: 0, maxConnections: 1000, allowedOrigins: [] };
    const told = { warnings: [], errors: [], statusBarItems: [], done: [], contexts: {} };
    Object.assign(fake, {
      settings,
      ...told,
      folder: '/folder',
      files: new FakeFiles(),
      documents: new FakeDocuments(),
    });
    Object.assign(Uri, { file: Uri.parse });
    Object.assign(window, {
      createWebviewPanel: () => this.#newPanel(),
      showInformationMessage: async () => undefined,
      showWarningMessage: async (message: string, options?: { modal?: boolean }, ...buttons: string[]) => {
        if (!options?.modal) return void fake.warnings.push(message);
        this.questions.push(message);
        return buttons.find((button) => button !== 'No');
      },
      showQuickPick: async (items: unknown[]) => (this.values ? items[0] : undefined),
      showInputBox: async () => this.values?.shift(),
      showSaveDialog: async () => (this.saveTo === undefined ? undefined : Uri.parse(this.saveTo)),
    });
  }

  /** Sets the port setting. Default: 0, any free port. */
  set port(port: number) {
    fake.settings['port'] = port;
  }

  /** Calls of VS Code's functions, with their names. */
  get done(): readonly unknown[][] {
    return fake.done;
  }

  /** Documents that were opened without a file. */
  get documents(): readonly unknown[] {
    return fake.documents.made;
  }

  /** Inspects a pasted text in a panel of its own. */
  async inspect(text: string): Promise<PanelView> {
    const inspector = this.#newInspector();
    await inspector.inspect(text);
    return this.#lastView;
  }

  /** Restores a panel of the inspector with the state that VS Code has kept of its page. */
  async restore(state: unknown): Promise<PanelView> {
    await this.#newInspector().restore(this.#newPanel(), state);
    return this.#lastView;
  }

  #newInspector(): InspectorCommands {
    const secrets = new Map<string, string>();
    const context = {
      extensionUri: Uri.parse(EXTENSION),
      globalState: new FakeMemory(),
      workspaceState: new FakeMemory(),
      secrets: {
        get: async (key: string) => secrets.get(key),
        store: async (key: string, value: string) => void secrets.set(key, value),
        delete: async (key: string) => void secrets.delete(key),
      },
    } as unknown as ExtensionContext;
    const inspector = new InspectorCommands(context, this.#log, this.#turns);
    this.#ends.push(() => inspector.dispose());
    return inspector;
  }

  /** Serves a file in a panel of its own. @param name of the file @returns the panel, whose server was started */
  async serve(name: string, text: string): Promise<PanelView> {
    const path = `/folder/${name}`;
    fake.files.write(path, text);
    const file = new ServedFile(Uri.parse(path), this.#turns);
    const titles = new PanelTitles(MOCK_PANEL, new FakeMemory() as WindowMemory, this.#log);
    const session = new MockSession({ ...this.#sessionOptions(), titles, file, onClose: () => undefined });
    this.#ends.push(() => session.close());
    await session.start();
    return this.#lastView;
  }

  /** Serves a folder on the disk in a panel of its own. @returns the panel, whose server was started */
  async serveFolder(path: string): Promise<PanelView> {
    const file = new ServedFolder(Uri.file(path), this.#turns);
    const titles = new PanelTitles(MOCK_PANEL, new FakeMemory() as WindowMemory, this.#log);
    const session = new MockSession({ ...this.#sessionOptions(), titles, file, onClose: () => undefined });
    this.#ends.push(() => session.close());
    await session.start();
    return this.#lastView;
  }

  /** Saves a file again, as from an editor. */
  save(name: string, text: string): void {
    fake.files.write(`/folder/${name}`, text);
    fake.files.saved.fire({ uri: new FakeUri(`/folder/${name}`) });
  }

  /** Deletes a file, which VS Code reports. */
  remove(name: string): void {
    fake.files.remove(`/folder/${name}`);
    fake.files.changed.fire(new FakeUri(`/folder/${name}`));
  }

  /** Starts the counter in its panel. */
  async startCounter(): Promise<{ view: PanelView; session: CounterSession }> {
    const session = new CounterSession({ ...this.#sessionOptions(), onClose: () => undefined });
    this.#ends.push(() => session.close());
    await session.start();
    return { view: this.#lastView, session };
  }

  /** Resolves when everything has ended, with the errors of the pages. */
  async close(): Promise<unknown[]> {
    await Promise.all(this.#ends.map((end) => end()));
    return this.#views.flatMap(({ errors }) => errors);
  }

  #sessionOptions() {
    return {
      extension: {
        extensionUri: Uri.parse(EXTENSION),
        packageJSON: { contributes: { configuration: manifest.contributes.configuration } },
      } as Extension<unknown>,
      log: this.#log,
      ports: this.#ports,
      turns: this.#turns,
      after: Promise.resolve(),
    };
  }

  #newPanel(): WebviewPanel {
    const view = new PanelView(this.#options);
    this.#views.push(view);
    return view.panel as unknown as WebviewPanel;
  }

  get #lastView(): PanelView {
    const view = this.#views.at(-1);
    if (!view) throw new Error('No panel was opened.');
    return view;
  }
}
