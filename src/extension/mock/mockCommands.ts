import { basename } from 'node:path/posix';
import { is } from 'valibot';
import { Disposable, type Extension, l10n, Uri, type WebviewPanel, window } from 'vscode';
import type { MockPageState } from '../../messages/mock';
import { OldScripts } from '../../server/script/oldScripts';
import type { Turns } from '../../turns/turns';
import { registerLanguageFeatures } from '../language/languageFeatures';
import { newStreamFile } from '../language/newFile';
import type { Log } from '../shared/output/log';
import { tellError } from '../shared/output/tell';
import { whenTabsAreKnown } from '../shared/panel/awaitedTab';
import { ListeningMemory } from '../shared/panel/listeningMemory';
import { PanelTitles, type WindowMemory } from '../shared/panel/panelTitles';
import { MOCK_PANEL } from '../shared/panel/viewTypes';
import type { WindowPorts } from '../shared/server/sessionServer';
import { activeFile, askForFile, askForFolder, saved } from './askedFile';
import { tellProblem } from './content/fileProblem';
import type { ServedContent } from './content/servedContent';
import { ServedFile } from './content/servedFile';
import { ServedFolder } from './content/servedFolder';
import { MockStateSchema } from './mockPanel';
import { MockSession } from './mockSession';
import { pickServed, type Served, ServedStatus } from './servedStatus';

export interface MockCommandsOptions {
  extension: Extension<unknown>;
  log: Log;
  memory: WindowMemory;
  /** Ports of the window's servers. */
  ports: WindowPorts;
  /** Turn scheduler shared by all work in this window. */
  turns: Turns;
}

interface Opening {
  shared?: boolean;
  speed?: MockPageState['speed'];
  port?: MockPageState['port'];
  restored?: WebviewPanel;
  awaited?: string;
}

/** Commands for `.sse` files, and the sessions that serve them: at most one for each file. */
export class MockCommands {
  readonly #options: MockCommandsOptions;
  /** Language features that help to write a script. */
  readonly #languageFeatures: Disposable;
  readonly #status = new ServedStatus();
  readonly #tabs: Disposable;
  readonly #oldScripts = new OldScripts();
  readonly #titles: PanelTitles;
  /** Listening servers, by the files' URIs. */
  readonly #listening: ListeningMemory<MockPageState>;
  /** Sessions by the files' URIs. */
  readonly #sessions = new Map<string, MockSession>();
  /** Ends of closed sessions. */
  readonly #ends = new Set<Promise<void>>();
  #closed: Promise<unknown> | undefined;

  constructor(options: MockCommandsOptions) {
    this.#options = options;
    this.#titles = new PanelTitles(MOCK_PANEL, options.memory, options.log);
    this.#languageFeatures = registerLanguageFeatures(options.log, options.turns);
    this.#listening = new ListeningMemory(MOCK_PANEL, MockStateSchema, options.memory, options.log);
    this.#tabs = Disposable.from(
      whenTabsAreKnown(() => this.#serveUnseen()),
      window.tabGroups.onDidChangeTabs(() => this.#status.isShown && this.#showStatus()),
      this.#status,
    );
  }

  /**
   * Serves a file, and shows its panel. If the file has errors, they are reported to the user, and it isn't served.
   * @param given the file's URI. Default: the active editor's file; if that is no `.sse` file, the user is asked for one
   * @returns the URL of the stream; undefined if it isn't served
   */
  async serve(given?: string): Promise<string | undefined> {
    const asked = given === undefined ? (activeFile() ?? (await askForFile())) : Uri.parse(given);
    const uri = asked && (await saved(asked));
    return uri && this.#serve({ file: uri.toString() });
  }

  /**
   * Serves a folder's files on their paths, and shows its panel.
   * @param given the folder's URI. Default: the user is asked for one
   * @returns the URL of the server; undefined if it isn't served
   */
  async serveFolder(given?: string): Promise<string | undefined> {
    const uri = given === undefined ? await askForFolder() : Uri.parse(given);
    if (!uri) return undefined;
    if (uri.scheme === 'file') return this.#serve({ file: uri.toString(), isFolder: true });
    void tellError(l10n.t('Only folders on the disk can be served. Serve one of its files.'));
    return undefined;
  }

  async #serve(what: Pick<MockPageState, 'file' | 'isFolder'>): Promise<string | undefined> {
    const session = this.#sessions.get(what.file) ?? (await this.#openFile(this.#contentOf(what)));
    if (this.#closed) return undefined;
    session?.reveal();
    await session?.start();
    return session?.address?.url;
  }

  /** Shows the panel of the served file; of several, the user chooses one. Serves it again if it doesn't listen. */
  async showServed(): Promise<void> {
    const served = this.#served();
    const isOne = served.length === 1 && served[0]?.url !== undefined;
    const file = (isOne ? served[0] : await pickServed(served))?.file;
    if (file === undefined) return;
    const session = this.#sessions.get(file);
    const left = this.#listening.all.find(({ name }) => name === file);
    if (session) session.reveal();
    else if (left) await this.goOn(left.state);
  }

  /** Creates a new file from a template, and opens it. @param template see `newStreamFile` */
  newFile(template?: string): Promise<void> {
    return newStreamFile(this.#options.extension.extensionUri, template);
  }

  /** Restores a panel that VS Code kept while the window was reloaded, and the server unless it was stopped. */
  async restore(panel: WebviewPanel, state: unknown): Promise<void> {
    if (this.#closed) return undefined;
    // Undefined if the page was not loaded far enough to save its state.
    const kept = is(MockStateSchema, state) ? state : undefined;
    const served = this.#sessions.get(
      kept ? Uri.parse(kept.file).toString() : (this.#titles.panelOf(panel.title) ?? ''),
    );
    if (served?.isAwaited) {
      served.attach(panel);
      return undefined;
    }
    // The user may have served the file again before VS Code restored its panel.
    if (!kept || served) return panel.dispose();
    const file = this.#contentOf(kept);
    const session = this.#open(file, { ...openingOf(kept), restored: panel });
    return kept.stopped ? file.read() : session.start();
  }

  /** Serves in a new panel with a page's state, unless its panel is open. @throws if the state is invalid */
  async goOn(state: unknown): Promise<void> {
    if (!is(MockStateSchema, state)) throw new Error(l10n.t('The panel’s state can’t be read.'));
    const file = Uri.parse(state.file).toString();
    if (!this.#sessions.has(file)) await this.#titles.closeLeft(file);
    if (this.#closed) return;
    const session = this.#sessions.get(file) ?? this.#open(this.#contentOf(state), openingOf(state));
    session.reveal();
    await session.start();
  }

  /**
   * Resolves when every stream has ended and the ports are free. Leaves the panels to the window. Can be called repeatedly.
   */
  async close(): Promise<void> {
    this.#languageFeatures.dispose();
    this.#tabs.dispose();
    this.#closed ??= Promise.all([...this.#ends, ...[...this.#sessions.values()].map((session) => session.close())]);
    await this.#closed;
  }

  dispose(): void {
    void this.close();
  }

  /**
   * Serves again the files that were served when the window was left, if their tabs are there. VS Code restores a panel only
   * when its tab is shown, but the clients of its stream need the server before.
   */
  #serveUnseen(): void {
    // In the order in which they were first served.
    for (const one of this.#listening.left.reverse()) {
      const { file } = one.state;
      if (this.#sessions.has(file)) continue;
      const awaited = this.#titles.titleLeft(file);
      if (awaited === undefined) {
        this.#listening.noteMissing(one);
      } else {
        const opening = { ...openingOf(one.state), awaited };
        void this.#open(this.#contentOf(one.state), opening).start();
      }
    }
    this.#showStatus();
  }

  #showStatus(): void {
    if (!this.#closed) this.#status.show(this.#served());
  }

  /** Returns the files that are served, and those that were until the extension host was killed, if their tabs are there. */
  #served(): Served[] {
    const listening = [...this.#sessions].flatMap(([file, { address, connectionCount: connections }]) =>
      address ? [{ file, name: fileName(file), url: address.url, connections }] : [],
    );
    const silent = this.#listening.all
      .map(({ name }) => name)
      .reverse()
      .filter((file) => !this.#sessions.has(file) && this.#titles.titleLeft(file) !== undefined);
    return [...listening, ...silent.map((file) => ({ file, name: fileName(file), url: undefined, connections: 0 }))];
  }

  #keep(state: MockPageState): void {
    if (state.stopped) this.#listening.forget(state.file);
    else this.#listening.keep(state.file, state);
    this.#showStatus();
  }

  /** Opens a session if the file can be played. */
  async #openFile(file: ServedContent): Promise<MockSession | undefined> {
    const { uri } = file;
    await file.read();
    if (!file.problem && !this.#sessions.has(uri.toString())) await this.#titles.closeLeft(uri.toString());
    // If it was requested twice at once, there is a session already; or the extension may have ended.
    const other = this.#sessions.get(uri.toString());
    if (!other && !file.problem && !this.#closed) return this.#open(file, {});
    file.dispose();
    if (!other && file.problem) void tellProblem(uri, file.problem, this.#options.turns);
    return other;
  }

  #contentOf({ file, isFolder }: Pick<MockPageState, 'file' | 'isFolder'>): ServedContent {
    const [uri, { turns }] = [Uri.parse(file), this.#options];
    return isFolder ? new ServedFolder(uri, turns) : new ServedFile(uri, turns);
  }

  #open(file: ServedContent, opening: Opening): MockSession {
    const key = file.uri.toString();
    const after = Promise.all(this.#ends).then(() => undefined);
    const onClose = (closed: Promise<void>) => {
      this.#sessions.delete(key);
      this.#showStatus();
      this.#ends.add(closed);
      void closed.then(() => this.#ends.delete(closed));
    };
    const options = { ...this.#options, oldScripts: this.#oldScripts, titles: this.#titles, ...opening };
    const onKeep = (state: MockPageState) => this.#keep(state);
    const session = new MockSession({ ...options, file, after, onClose, onKeep });
    this.#sessions.set(key, session);
    return session;
  }
}

function openingOf({ shared, speed, port }: MockPageState): Opening {
  return { shared, speed, port };
}

/** @param file its URI */
function fileName(file: string): string {
  return basename(Uri.parse(file).path);
}
