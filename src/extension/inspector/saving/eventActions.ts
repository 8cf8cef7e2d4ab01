import { basename } from 'node:path/posix';
import { env, l10n } from 'vscode';
import { savePieces } from '../../../client/files/savePieces';
import { blockPieces, dataPieces, readData, readText } from '../../../client/history/eventData';
import type { Inspection } from '../../../client/inspection';
import { reasonOf } from '../../../text/reason';
import type { Turns } from '../../../turns/turns';
import { editorProblem, isHighlighted, jsonLength, SENT } from '../../shared/file/editorLimits';
import { tell, tellBriefly, tellError, tellWarning } from '../../shared/output/tell';
import type { DataDocuments } from './dataDocuments';
import { editorReason } from './editorReason';
import { streamName } from './fileName';
import { isHarmlessJson, looksLikeJson } from './harmlessJson';
import { indentedJson } from './indentedJson';
import type { SaveDialog, SaveDialogOptions } from './saveDialog';
import { openSavedFile } from './savedFile';

/** Maximum size of a copied block, in bytes, and its length as JSON: it is sent to the window in one message. */
const MAX_COPIED = 4 * 1024 * 1024;

export interface EventActionsOptions {
  turns: Turns;
  /** Shared by all panels. */
  dialog: SaveDialog;
  /** Shared by all panels. */
  documents: DataDocuments;
}

/** Actions on a single event. If the event is too large for an action, they offer to save it instead. */
export class EventActions {
  readonly #inspection: Inspection;
  readonly #turns: Turns;
  readonly #dialog: SaveDialog;
  readonly #documents: DataDocuments;
  readonly #url: () => string;

  /** @param url returns the stream's URL, with masks for its secrets */
  constructor(inspection: Inspection, { turns, dialog, documents }: EventActionsOptions, url: () => string) {
    [this.#inspection, this.#turns, this.#dialog] = [inspection, turns, dialog];
    [this.#documents, this.#url] = [documents, url];
  }

  /**
   * Copies the event: its block of lines as it came, or its data. Resolves with a note for the user; undefined if nothing was
   * copied.
   */
  async copy(number: number, what: 'copyEvent' | 'copyData' = 'copyEvent'): Promise<string | undefined> {
    const kept = this.#find(number);
    if (!kept) {
      reportGone();
      return undefined;
    }
    const { bytes, place } = kept;
    const isData = what === 'copyData';
    if (place.end - place.start <= MAX_COPIED) {
      const read = isData ? readData : readText;
      const copied = await read(bytes, place, this.#turns);
      if ((await jsonLength(copied, this.#turns)) <= MAX_COPIED) {
        await env.clipboard.writeText(copied);
        const name = isData ? l10n.t('data of event {0}', number) : l10n.t('event {0}', number);
        tellBriefly(l10n.t('Copied: {0}', name));
        return l10n.t('Copied');
      }
    }
    const [reason, dialog] = isData
      ? [
          l10n.t('The event’s data are too large for the clipboard.'),
          { title: l10n.t('Save Data'), kind: l10n.t('Text'), ending: 'txt' },
        ]
      : [
          l10n.t('The event, with the comments before it, is too large for the clipboard.'),
          { title: l10n.t('Save Event'), kind: l10n.t('Event Stream'), ending: 'sse' },
        ];
    await this.#offerToSave(number, reason, dialog);
    return undefined;
  }

  /**
   * Opens the event's data read-only in an editor beside the panel, or reports that the event is gone. JSON is indented, if
   * an editor can take that. It gets its language, unless its highlighting would hang, or it names a schema, which VS Code
   * would request at once from any server.
   */
  async openData(number: number): Promise<void> {
    const kept = this.#find(number);
    if (!kept) return reportGone();
    const content = await readData(kept.bytes, kept.place, this.#turns);
    const problem = await editorProblem(content, SENT, this.#turns);
    if (!problem) {
      const shown = await this.#indented(content);
      const isJson = isHarmlessJson(content) && (await isHighlighted(shown, this.#turns));
      const title = `${streamName(this.#url())} #${number}`;
      await this.#documents.show({ title, content: shown, language: isJson ? 'json' : undefined });
      return;
    }
    const reason = editorReason(problem);
    const [kind, ending] = looksLikeJson(content) ? ['JSON', 'json'] : [l10n.t('Text'), 'txt'];
    await this.#offerToSave(number, reason, { title: l10n.t('Save Data'), kind, ending });
  }

  /** Returns JSON with a line for each member, if it is JSON, and an editor doesn't hang with that. */
  async #indented(content: string): Promise<string> {
    const indented = await indentedJson(content, this.#turns);
    return indented === undefined || (await editorProblem(indented, SENT, this.#turns)) ? content : indented;
  }

  /** Offers to save the event. Looks it up again after the question, because an open message would retain it forever. */
  async #offerToSave(number: number, reason: string, dialog: Omit<SaveDialogOptions, 'name'>): Promise<void> {
    const save = l10n.t('Save…');
    if ((await tellWarning(reason, save)) !== save) return;
    const file = await this.#dialog.ask({ ...dialog, name: `event-${number}` });
    if (!file) return;
    const name = basename(file.path);
    try {
      const kept = this.#find(number);
      if (!kept) throw new Error(gone());
      const { bytes, place } = kept;
      const pieces = dialog.ending === 'sse' ? blockPieces(bytes, place) : dataPieces(bytes, place);
      await savePieces(await openSavedFile(file), pieces, this.#turns, () => false);
      void tell(l10n.t('Saved to {0}', name));
    } catch (error) {
      void tellError(l10n.t('The event was not saved to {0}: {1}', name, reasonOf(error)));
    }
  }

  #find(number: number) {
    const { history } = this.#inspection;
    if (!history.get(number)) return undefined;
    const { bytes, at } = history.snapshot();
    return { bytes, place: at(number) };
  }
}

/** Reports that the event is gone: the line above the data still shows an event that was cleared or evicted. */
function reportGone(): void {
  void tellWarning(gone());
}

function gone(): string {
  return l10n.t('The event is no longer kept.');
}
