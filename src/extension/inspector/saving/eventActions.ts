import { basename } from 'node:path/posix';
import { env, l10n, ViewColumn, window, workspace } from 'vscode';
import { savePieces } from '../../../client/files/savePieces';
import { blockPieces, dataPieces, readData, readText } from '../../../client/history/eventData';
import type { Inspection } from '../../../client/inspection';
import { reasonOf } from '../../../text/reason';
import type { Turns } from '../../../turns/turns';
import { editorProblem, isHighlighted, jsonLength, SENT } from '../../shared/file/editorLimits';
import { tell, tellBriefly, tellError, tellWarning } from '../../shared/output/tell';
import { DATA_LANGUAGE } from '../../shared/panel/viewTypes';
import type { SaveDialog, SaveDialogOptions } from './saveDialog';
import { openSavedFile } from './savedFile';

/** Maximum size of a block that is copied, in bytes, and its length as JSON: it goes to the window at one go. */
const MAX_COPIED = 4 * 1024 * 1024;
/** Maximum length of a text that is read as JSON, in UTF-16 code units: more takes longer than 10 ms. */
const MAX_PARSED = 64 * 1024;
/**
 * The beginning of the name `$schema`, however it is written: behind the sign is a letter of it, or an escape, even one that
 * JSON doesn't know, which VS Code drops.
 */
const SCHEMA = /(?:\$|\\u0024)(?:sc|s?\\)/;

/** Carries out what a person does with one event; where it is too large for that, offers to save it. */
export class EventActions {
  readonly #inspection: Inspection;
  readonly #turns: Turns;
  readonly #dialog: SaveDialog;

  /** @param dialog that of all panels */
  constructor(inspection: Inspection, turns: Turns, dialog: SaveDialog) {
    [this.#inspection, this.#turns, this.#dialog] = [inspection, turns, dialog];
  }

  /** Copies the block of lines that the event stands in, as it came. Returns what there is to say of it; undefined where it isn't copied. */
  async copy(number: number): Promise<string | undefined> {
    const kept = this.#find(number);
    if (!kept) {
      tellGone();
      return undefined;
    }
    const { bytes, place } = kept;
    if (place.end - place.start <= MAX_COPIED) {
      const block = await readText(bytes, place, this.#turns);
      if ((await jsonLength(block, this.#turns)) <= MAX_COPIED) {
        await env.clipboard.writeText(block);
        tellBriefly(l10n.t('Copied: {0}', l10n.t('event {0}', number)));
        return l10n.t('Copied');
      }
    }
    await this.#offer(number, l10n.t('The event is too large for the clipboard, with the comments before it.'), {
      title: l10n.t('Save Event'),
      kind: l10n.t('Event Stream'),
      ending: 'sse',
    });
    return undefined;
  }

  /**
   * Opens the data of the event in an editor beside the panel; as JSON where they are, unless that would hang with the colors,
   * or they name a schema: VS Code asks for it at once, wherever a server wants. Says so where the event is gone.
   */
  async openData(number: number): Promise<void> {
    const kept = this.#find(number);
    if (!kept) return tellGone();
    const content = await readData(kept.bytes, kept.place, this.#turns);
    const problem = await editorProblem(content, SENT, this.#turns);
    if (!problem) {
      const language = isHarmlessJson(content) && (await isHighlighted(content, this.#turns)) ? 'json' : DATA_LANGUAGE;
      const document = await workspace.openTextDocument({ content, language });
      await window.showTextDocument(document, ViewColumn.Beside);
      return;
    }
    const reason = {
      length: l10n.t('An editor would hang with these data: they have more than 1 MB.'),
      lines: l10n.t('An editor would hang with these data: they have more than 50,000 lines.'),
      brackets: l10n.t('An editor would hang with these data: they have too many brackets.'),
      decorated: l10n.t('An editor would hang with these data: they have too many links or colors.'),
      cost: l10n.t('An editor would hang with these data: their lines hold too many characters that are hard to draw.'),
    }[problem];
    const [kind, ending] = looksLikeJson(content) ? ['JSON', 'json'] : [l10n.t('Text'), 'txt'];
    await this.#offer(number, reason, { title: l10n.t('Save Data'), kind, ending });
  }

  /** Looks the event up again where it is to be saved: a message that stays would keep it for ever. */
  async #offer(number: number, reason: string, dialog: Omit<SaveDialogOptions, 'name'>): Promise<void> {
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

/** Says so: the line above the data still shows an event that was cleared, or dropped for want of room. */
function tellGone(): void {
  void tellWarning(gone());
}

function gone(): string {
  return l10n.t('The event is no longer kept.');
}

/** Whether an editor shows the text as JSON, and asks no one for a schema. A long one need only look so. */
function isHarmlessJson(text: string): boolean {
  if (text.length > MAX_PARSED) return looksLikeJson(text) && !SCHEMA.test(text);
  try {
    // Without strings of digits, of which V8 finds many by one hash, as `isJson` says: they are no names.
    const value: unknown = JSON.parse(text.replace(/"\d{1,9}"/g, '""'));
    return typeof value !== 'object' || value === null || !Object.hasOwn(value, '$schema');
  } catch {
    // It is no JSON, and no fault.
    return false;
  }
}

/** Whether the text begins and ends as an object or an array does. */
function looksLikeJson(text: string): boolean {
  return ['{}', '[]'].includes(text.trimStart().charAt(0) + text.trimEnd().slice(-1));
}
