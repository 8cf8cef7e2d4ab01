import { basename } from 'node:path';
import { l10n, Uri } from 'vscode';
import type { RecordedFiles } from '../../../client/files/recordedFiles';
import type { Inspection } from '../../../client/inspection';
import { RecordingFiles, type RecordingMove } from '../../../client/recordingFiles';
import { recordingProblem } from '../../../client/recordingProblem';
import type { Turns } from '../../../turns/turns';
import { openFile } from '../../shared/file/openFile';
import { tellError, tellWarning } from '../../shared/output/tell';
import { fileName } from './fileName';
import { offerFile } from './offerFile';
import type { SaveDialog } from './saveDialog';

export interface RecordingOptions {
  inspection: Inspection;
  turns: Turns;
  /** Files being recorded to, shared by all panels. */
  recorded: RecordedFiles;
  /** Dialog shared by all panels. */
  dialog: SaveDialog;
  /** Saves the kept events to a `.sse` file that the user chooses. */
  save(): Promise<void>;
  /** Called when an action that the user chose in a message fails. */
  onError(error: unknown): void;
}

/** Records the stream of an inspection to a file that the user chooses. */
export class Recording {
  readonly #options: RecordingOptions;
  /** Undefined while nothing is recorded. */
  #files: RecordingFiles | undefined;
  #isAsking = false;
  #isStopping = false;
  #closed = false;

  constructor(options: RecordingOptions) {
    this.#options = options;
  }

  /**
   * Asks for a file, and then starts recording. Does nothing while it is asking or recording already, or once it is closed.
   * @param url URL from which the file's default name is derived
   */
  async start(url: string): Promise<void> {
    if (this.#isAsking || this.#files || this.#closed) return;
    this.#isAsking = true;
    try {
      const [title, kind] = [l10n.t('Record Event Stream'), l10n.t('Event Stream')];
      const asked = { title, kind, ending: 'sse', name: fileName(url), onDisk: true };
      const file = await this.#options.dialog.ask(asked);
      if (file && !this.#closed) await this.#record(file);
    } finally {
      this.#isAsking = false;
    }
  }

  /** Stops the recording, if there is one, and offers to open the file. */
  async stop(): Promise<void> {
    const files = this.#files;
    if (!files || this.#isStopping) return;
    this.#isStopping = true;
    try {
      await files.stop();
    } finally {
      this.#isStopping = false;
    }
    // A recording that failed at the last moment has no file to offer.
    if (this.#files !== files) return;
    this.#files = undefined;
    if (!this.#closed)
      await offerFile(l10n.t('Recorded to {0}', basename(files.path)), Uri.file(files.path), this.#options.turns);
  }

  /** Closes like `close`, but in turns. Resolves when all received data are in the file. */
  async leave(): Promise<void> {
    this.#closed = true;
    await this.#files?.stop();
  }

  /** Stops without a message, except for errors. All received data are in the file on return. Can be called repeatedly. */
  close(): void {
    this.#closed = true;
    this.#files?.close();
  }

  async #record(file: Uri): Promise<void> {
    if (file.scheme !== 'file') {
      const reason = l10n.t('Choose a file on the machine that the extension runs on, or use Save when all has come.');
      void tellError(l10n.t('Can’t record to {0}: {1}', file.toString(), reason));
      return;
    }
    const { inspection } = this.#options;
    const handlers = {
      onMove: (move: RecordingMove) => this.#report(this.#reportMove(move)),
      onOmitted: (path: string, event: number) => this.#report(reportOmission(path, event)),
      onEnd: (path: string, error: Error) => {
        // It may be reported late, when another recording has begun.
        if (this.#files?.ended) this.#files = undefined;
        this.#report(this.#reportEnd(path, error));
      },
    };
    try {
      const files = await RecordingFiles.open(inspection, file.fsPath, this.#options, handlers);
      if (this.#closed) {
        files.close();
        return;
      }
      this.#files = files;
      // Before it begins, because another program's change may then move it to yet another file.
      if (files.path !== file.fsPath) this.#report(reportOtherName(file.fsPath, files.path));
      files.begin();
    } catch (error) {
      void tellError(l10n.t('Can’t record to {0}: {1}', basename(file.fsPath), recordingProblem(l10n.t, error)));
    }
  }

  #report(done: Promise<void>): void {
    done.catch((error: unknown) => this.#options.onError(error));
  }

  async #reportMove({ from, to, firstEvent }: RecordingMove): Promise<void> {
    const [old, name, open] = [basename(from), basename(to), l10n.t('Open the file')];
    const text =
      firstEvent === undefined
        ? l10n.t(
            '{0} was changed by another program. The recording goes on in {1}, which has all since it began.',
            old,
            name,
          )
        : l10n.t(
            '{0} was changed by another program. The recording goes on in {1}, which has all from event {2} on; what came before is no longer kept.',
            old,
            name,
            firstEvent,
          );
    const chosen = await tellWarning(text, open);
    if (chosen === open) await openFile(Uri.file(to), this.#options.turns);
  }

  async #reportEnd(path: string, error: Error): Promise<void> {
    const text = l10n.t('The recording to {0} has stopped: {1}', basename(path), recordingProblem(l10n.t, error));
    const save = l10n.t('Save Events…');
    const chosen = await tellError(text, save);
    if (chosen === save) await this.#options.save();
  }
}

async function reportOtherName(recorded: string, path: string): Promise<void> {
  await tellWarning(
    l10n.t('{0} is still being recorded to. This recording is in {1}.', basename(recorded), basename(path)),
  );
}

async function reportOmission(path: string, event: number): Promise<void> {
  const text = l10n.t(
    'The recording to {0} begins behind event {1}: the beginning of that event was no longer kept.',
    basename(path),
    event,
  );
  await tellWarning(text);
}
