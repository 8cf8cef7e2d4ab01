import type { Extension, WebviewPanel } from 'vscode';
import type { MockPageState } from '../../messages/mock';
import type { OldScripts } from '../../server/script/oldScripts';
import type { Turns } from '../../turns/turns';
import type { Log } from '../shared/output/log';
import type { PanelTitles } from '../shared/panel/panelTitles';
import type { KeptPort, WindowPorts } from '../shared/server/sessionServer';
import type { ServedContent } from './content/servedContent';

export interface MockSessionOptions {
  extension: Extension<unknown>;
  log: Log;
  /** Ports of the window's servers. */
  ports: WindowPorts;
  /** Turn scheduler shared by all work in this window. */
  turns: Turns;
  /** Titles of the panels of all files. */
  titles: PanelTitles;
  /** Old scripts of all files that are served in this window. Default: of this file only. */
  oldScripts?: OldScripts | undefined;
  /** End of the previous sessions, when their ports are free. */
  after: Promise<void>;
  /** File or folder that is served, disposed with the panel. */
  file: ServedContent;
  /** Whether all connections share one timeline. Default: no. */
  shared?: boolean | undefined;
  /** Factor by which new connections are played faster than the file says. Default: 1. */
  speed?: number | undefined;
  /** Port that the file's server had before. Default: the setting's. */
  port?: KeptPort | undefined;
  /** Panel that VS Code kept while the window was reloaded. Default: a new one, with the focus. */
  restored?: WebviewPanel | undefined;
  /** Title of a tab whose panel VS Code hasn't restored yet. Default: none. */
  awaited?: string | undefined;
  /** Called when the state to be restored changes: the server listens, or was stopped. */
  onKeep?(state: MockPageState): void;
  /** Called when the panel was closed; the promise resolves when the server is closed, too. */
  onClose(closed: Promise<void>): void;
}
