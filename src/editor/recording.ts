import { basename } from 'node:path';
import { commands, l10n, type Uri, window } from 'vscode';
import type { Inspection } from '../inspector/inspection';
import { Recorder, RecordingError } from '../inspector/recorder';
import { reasonOf } from './reason';
import { askForFile, nameOf } from './saveDialog';
import { tell, tellError } from './tell';

/** Records what an inspection reads, to a file that the user names. */
export class Recording {
  readonly #inspection: Inspection;
  #recorder: Recorder | undefined;
  /** The file of the recording that hasn't failed. */
  #file: Uri | undefined;
  #isAsking = false;
  #closed = false;

  constructor(inspection: Inspection) {
    this.#inspection = inspection;
  }

  /**
   * Asks for a file, and records from then on what comes. Does nothing while it asks, or records.
   * @param url that the file may be named after
   */
  async start(url: string): Promise<void> {
    if (this.#isAsking || this.#recorder) return;
    this.#isAsking = true;
    try {
      const [title, kind] = [l10n.t('Record Event Stream'), l10n.t('Event Stream')];
      const file = await askForFile({ title, kind, ending: 'sse', name: nameOf(url) });
      if (file && !this.#closed) await this.#record(file);
    } finally {
      this.#isAsking = false;
    }
  }

  /** Ends the recording, if there is one, and offers to open the file. */
  async stop(): Promise<void> {
    this.#end();
    const file = this.#file;
    this.#file = undefined;
    if (file) await offer(file);
  }

  /** Ends it without a word: what has come is in the file when this returns. Twice is fine. */
  close(): void {
    this.#closed = true;
    this.#end();
  }

  async #record(file: Uri): Promise<void> {
    if (file.scheme !== 'file') {
      const reason = l10n.t('Choose a file on the machine that the extension runs on, or use Save when all has come.');
      void tellError(l10n.t('Can’t record to {0}: {1}', file.toString(), reason));
      return;
    }
    try {
      const recorder = await Recorder.create(file.fsPath, (error) => this.#fail(file, error));
      if (this.#closed) {
        recorder.close();
        return;
      }
      [this.#recorder, this.#file] = [recorder, file];
      this.#inspection.record(recorder);
    } catch (error) {
      void tellError(l10n.t('Can’t record to {0}: {1}', basename(file.fsPath), reasonOf(error)));
    }
  }

  #end(): void {
    const recorder = this.#recorder;
    if (!recorder) return;
    this.#recorder = undefined;
    this.#inspection.record(undefined);
    recorder.close();
  }

  #fail(file: Uri, error: Error): void {
    this.#file = undefined;
    this.#end();
    void tellError(l10n.t('The recording to {0} has stopped: {1}', basename(file.fsPath), failureReason(error)));
  }
}

function failureReason(error: Error): string {
  if (!(error instanceof RecordingError)) return error.message;
  return error.code === 'deleted' ? l10n.t('The file was deleted.') : l10n.t('More comes than can be written.');
}

async function offer(file: Uri): Promise<void> {
  const [open, serve] = [l10n.t('Open the file'), l10n.t('Serve')];
  const chosen = await tell(l10n.t('Recorded to {0}', basename(file.fsPath)), open, serve);
  if (chosen === open) await window.showTextDocument(file);
  else if (chosen === serve) await commands.executeCommand('sseCounter.serve', file.toString());
}
