import type { Event, Uri } from 'vscode';
import type { FileState } from '../../../messages/mock';
import type { ScriptSource } from '../../../server/script/scriptSource';
import type { ScriptSourceOptions } from '../../../server/script/scriptSourceOptions';
import type { StreamAddress } from '../../shared/server/streamAddress';
import type { FileProblem } from './fileProblem';

/** A file that is served, or a folder of them, as last saved; read again whenever that changes. */
export interface ServedContent {
  readonly uri: Uri;
  readonly isFolder: boolean;
  /** Its name in the folder around it, or the beginning of a long one. */
  readonly name: string;
  /** Fires when it was read. */
  readonly onRead: Event<void>;
  /** Whether it can be served: as last saved, or as it was before. */
  readonly isReady: boolean;
  /** Reason why it can't be served as last saved; undefined if it can. */
  readonly problem: FileProblem | undefined;
  /** Resolves when all matches its content at the time of the call, or later. */
  read(): Promise<void>;
  /** Returns a source, which plays what was read. */
  newSource(options: ScriptSourceOptions): ScriptSource;
  /** Plays what was read to new connections. @returns whether that is another than before */
  load(source: ScriptSource): boolean;
  /** Returns the address of its server. @param root the server's root, with its closing slash */
  addressOn(root: string, source: ScriptSource): StreamAddress;
  /** Returns its state for its page. @param note about the last reading; undefined if there is none */
  state(note?: string): FileState;
  /** Stops watching. Can be called repeatedly. */
  dispose(): void;
}
