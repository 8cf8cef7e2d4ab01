import type { Uri, WebviewPanel } from 'vscode';
import type { RecordedFiles } from '../inspector/recordedFiles';
import type { Secret } from '../inspector/secrets';
import type { ReadingLimit } from '../turns/readingLimit';
import type { Turns } from '../turns/turns';
import type { Log } from './log';
import type { PanelTitles } from './panelTitles';
import type { RequestReader } from './requestReader';
import type { RecentRequest, RequestStore } from './requestStore';
import type { SaveDialog } from './saveDialog';

export interface InspectorSessionOptions {
  extensionUri: Uri;
  log: Log;
  store: RequestStore;
  titles: PanelTitles;
  turns: Turns;
  /** Shared with the other panels. */
  reader: RequestReader;
  /** Shared with the other panels. */
  dialog: SaveDialog;
  /** Shared with the other panels. */
  recorded: RecordedFiles;
  /** Shared with the other panels. */
  reading: ReadingLimit;
  /** With masks for its secrets. */
  request: RecentRequest;
  /** The secrets that the masks stand for. Default: those stored. */
  secrets?: Secret[] | undefined;
  /** The panel that VS Code kept while the window was reloaded. Default: a new one, with the focus. */
  restored?: WebviewPanel | undefined;
  /** Whether questions about the request come first, which need the focus. Default: false. */
  isAsking?: boolean | undefined;
  onClose(): void;
}
