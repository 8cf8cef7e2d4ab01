import type { Memento, Uri, WebviewPanel } from 'vscode';
import type { RecordedFiles } from '../../client/files/recordedFiles';
import type { Secret } from '../../client/request/secrets/secrets';
import type { ReadingLimit } from '../../turns/readingLimit';
import type { Turns } from '../../turns/turns';
import type { Log } from '../shared/output/log';
import type { PanelTitles } from '../shared/panel/panelTitles';
import type { DismissedFindings } from './findings/dismissedFindings';
import type { RequestReader } from './pasted/requestReader';
import type { DataDocuments } from './saving/dataDocuments';
import type { SaveDialog } from './saving/saveDialog';
import type { RecentRequest, RequestStore } from './stored/requestStore';

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
  documents: DataDocuments;
  /** Shared with the other panels. */
  recorded: RecordedFiles;
  /** Shared with the other panels. */
  reading: ReadingLimit;
  /** Shared with the other panels. */
  dismissed: DismissedFindings;
  /** Memory of the workspace. */
  memory: Memento;
  /** Request with masks for its secrets. */
  request: RecentRequest;
  /** Secrets behind the masks. Default: the stored ones. */
  secrets?: Secret[] | undefined;
  /** Panel that VS Code kept while the window was reloaded. Default: a new one, with the focus. */
  restored?: WebviewPanel | undefined;
  /** Whether questions about the request come first, which need the focus. Default: false. */
  isAsking?: boolean | undefined;
  onClose(): void;
}
