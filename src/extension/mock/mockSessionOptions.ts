import type { Extension, WebviewPanel } from 'vscode';
import type { MockPageState } from '../../messages/mock';
import type { OldScripts } from '../../server/script/oldScripts';
import type { Turns } from '../../turns/turns';
import type { Log } from '../shared/output/log';
import type { PanelTitles } from '../shared/panel/panelTitles';
import type { KeptPort } from '../shared/server/sessionServer';
import type { ServedFile } from './servedFile';

export interface MockSessionOptions {
  extension: Extension<unknown>;
  log: Log;
  /** The ports of the sessions that run in this window, with the titles of their panels. */
  ports: Map<number, string>;
  /** Those of all who are busy in this window. */
  turns: Turns;
  /** Those of the panels of all files. */
  titles: PanelTitles;
  /** Those of all files that are served in this window. Default: of this one alone. */
  oldScripts?: OldScripts | undefined;
  /** The end of the sessions before: their ports are free then. */
  after: Promise<void>;
  /** Disposed with the panel. */
  file: ServedFile;
  /** Whether all connections share one timeline. Default: no. */
  shared?: boolean | undefined;
  /** The port that its server had before. Default: the setting's. */
  port?: KeptPort | undefined;
  /** The panel that VS Code kept while the window was reloaded. Default: a new one, with the focus. */
  restored?: WebviewPanel | undefined;
  /** Title of the tab that is there, and whose panel VS Code has not brought back. Default: none. */
  awaited?: string | undefined;
  /** Called when the state changes that it would be brought back with: it serves, or has stopped. */
  onKeep?(state: MockPageState): void;
  /** The panel was closed; the promise resolves when the server is closed too. */
  onClose(closed: Promise<void>): void;
}
