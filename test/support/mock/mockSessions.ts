import { beforeEach, expect, onTestFinished } from 'vitest';
import { type Extension, Uri, type WebviewPanel } from 'vscode';
import manifest from '../../../package.json' with { type: 'json' };
import { ServedFile } from '../../../src/extension/mock/content/servedFile';
import { MockSession } from '../../../src/extension/mock/mockSession';
import type { MockSessionOptions } from '../../../src/extension/mock/mockSessionOptions';
import type { Log } from '../../../src/extension/shared/output/log';
import { PanelTitles, type WindowMemory } from '../../../src/extension/shared/panel/panelTitles';
import { MOCK_PANEL } from '../../../src/extension/shared/panel/viewTypes';
import type { FromMockPage, ToMockPage } from '../../../src/messages/mock';
import { Turns } from '../../../src/turns/turns';
import { eventually, freePort } from '../servers/testServer';
import { FakeFiles } from '../vscode/files';
import { type FakePanel, fake } from '../vscode/index';
import { FakeMemory } from '../vscode/memory';

export type MockFakePanel = FakePanel<ToMockPage, FromMockPage>;

/** The file that is served. */
export const FILE = '/folder/ticks.sse';

/** Prepares a free port and the file for each test. */
export function useFakes(): void {
  beforeEach(async () => {
    const settings = { port: await freePort(), maxConnections: 1000, allowedOrigins: [] };
    const told = { session: 'first load', panels: [], warnings: [], errors: [], statusBarItems: [], done: [] };
    Object.assign(fake, {
      settings,
      ...told,
      isTrusted: true,
      choice: undefined,
      picked: undefined,
      files: new FakeFiles(),
    });
    fake.asExternalUri = async (uri) => uri;
    fake.files.write(FILE, 'data: 1\n\n:@ wait 60s\ndata: 2\n\n');
  });
}

/** Returns the options that all sessions of a window share. */
export function windowOptions() {
  const log: string[] = [];
  const write = (message: string | Error) => void log.push(String(message));
  return {
    extension: {
      extensionUri: Uri.parse('.'),
      packageJSON: { contributes: { configuration: manifest.contributes.configuration } },
    } as Extension<unknown>,
    log: { info: write, warn: write, error: write } as unknown as Log,
    memory: new FakeMemory() as WindowMemory,
    ports: new Map<number, { title: string }>(),
    turns: new Turns(),
  };
}

export const port = () => Number(fake.settings['port']);
export const address = () => `http://127.0.0.1:${port()}/event`;

/** Returns the panel that was opened last. */
export function lastPanel(): MockFakePanel {
  const panel = fake.panels.at(-1);
  if (!panel) throw new Error('No panel was opened.');
  return panel as unknown as MockFakePanel;
}

export interface TestSession {
  session: MockSession;
  panel: MockFakePanel;
  file: ServedFile;
  /** Returns the promise of the panel's closing; undefined if it wasn't closed. */
  closed(): Promise<void> | undefined;
}

/** Opens a session with a loaded page; doesn't start it. */
export function openSession(restored?: FakePanel, options: Partial<MockSessionOptions> = {}): TestSession {
  const file = new ServedFile(Uri.parse(FILE), new Turns());
  let closed: Promise<void> | undefined;
  const own = windowOptions();
  const session = new MockSession({
    ...own,
    titles: new PanelTitles(MOCK_PANEL, own.memory, own.log),
    ...options,
    after: Promise.resolve(),
    file,
    restored: restored as unknown as WebviewPanel | undefined,
    onClose: (closing) => {
      closed = closing;
    },
  });
  onTestFinished(() => session.close());
  const panel = (restored as unknown as MockFakePanel | undefined) ?? lastPanel();
  panel.load();
  return { session, panel, file, closed: () => closed };
}

type Shown = Exclude<ToMockPage, { type: 'ended' }>;
/** Returns the last message of the type that was posted to the page. */
export function shown<T extends Shown['type']>(panel: MockFakePanel, type: T): Extract<Shown, { type: T }> {
  const message = panel.posted.findLast((one) => one.type === type);
  if (!message) throw new Error(`The page was told no ${type}.`);
  return message as Extract<Shown, { type: T }>;
}

/** Resolves with the state of the page when it shows the given number of connections. */
export async function showsConnections(panel: MockFakePanel, count: number) {
  await eventually(() => shown(panel, 'play').play.connectionCount === count);
  const { connections } = shown(panel, 'play').play;
  expect(connections).toHaveLength(count);
  return connections;
}
