import { basename } from 'node:path/posix';
import { type CancellationToken, l10n, type Uri } from 'vscode';
import { savePieces } from '../../../client/files/savePieces';
import type { HistorySnapshot } from '../../../client/history/history';
import { historyJson } from '../../../client/history/historyJson';
import type { Inspection } from '../../../client/inspection';
import { eventsScript } from '../../../client/recording/eventsScript';
import type { StreamRequest } from '../../../client/request/streamRequest';
import type { SaveFormat } from '../../../messages/inspector';
import { reasonOf } from '../../../text/reason';
import type { Turns } from '../../../turns/turns';
import { tellError, withProgress } from '../../shared/output/tell';
import { fileName } from './fileName';
import { offerFile } from './offerFile';
import type { SaveDialog } from './saveDialog';
import { openSavedFile } from './savedFile';

export interface SaveOptions {
  inspection: Inspection;
  /** Returns the request of the events, with masks for its secrets: another may be made while the user is asked. */
  request(): StreamRequest;
  format: SaveFormat;
  /** Whether only the events that are shown are saved, as the filter and a pause say. Default: false. */
  shown?: boolean | undefined;
  turns: Turns;
  /** Dialog shared by all panels. */
  dialog: SaveDialog;
}

/** Events that were saved to a file. */
interface Saved {
  /** Number of events in the file, and of all that were kept. */
  count: number;
  all: number;
  /** URL of their request, with masks for its secrets. */
  url: string;
}

/**
 * Asks for a file, and saves the kept events: as NDJSON with an event per line, as a JSON document that includes the
 * request, or as a `.sse` file with exact bytes and timing, which only tells of the request that it is a POST. The user can
 * cancel it. Afterwards the file is offered to be opened, served, and compared with that of the run before. Of events that are only some, a `.sse` file has
 * the times at which they came, but not what came between them.
 */
export async function saveEvents(options: SaveOptions): Promise<void> {
  const { format, turns, dialog } = options;
  const kind = { ndjson: 'NDJSON', json: 'JSON', sse: l10n.t('Event Stream') }[format];
  const name = fileName(options.request().url);
  const file = await dialog.ask({ title: l10n.t('Save Events'), kind, ending: format, name });
  if (!file) return;
  try {
    const saved = await withProgress(l10n.t('Saving events'), (report, token) => save(file, options, report, token));
    if (!saved) return;
    const { count, all, url } = saved;
    const told = options.shown ? l10n.t('Events saved: {0} of {1}', count, all) : l10n.t('Events saved: {0}', count);
    void offerFile(told, file, turns, dialog.runs.add(`${format} ${url}`, file));
  } catch (error) {
    const reason = reasonOf(error);
    void tellError(l10n.t('The events were not saved to {0}: {1}', basename(file.path), reason));
  }
}

/** Yields the file's content piece by piece. All of it is of the moment of the first piece. */
function* piecesOf(options: SaveOptions, onProgress: (part: number) => void): Generator<Uint8Array, Saved> {
  const { inspection, format, shown } = options;
  const { history } = inspection;
  const { method, url, headers, body } = options.request();
  const all = history.count + 1 - history.first;
  const events = shown ? shownEvents(inspection) : history.snapshot();
  if (format === 'sse') {
    const count = yield* shown ? eventsScript(events, method, onProgress) : inspection.script(onProgress);
    return { count, all, url };
  }
  // As pairs, because a header may occur more than once.
  const request = { method, url, headers, body };
  const shape = format === 'ndjson' ? ({ lines: true } as const) : ({ lines: false, request } as const);
  return { count: yield* historyJson(events, shape, onProgress), all, url };
}

/** Returns a snapshot of the rows, which it counts from 1. */
function shownEvents({ history, view }: Inspection): HistorySnapshot {
  const numbers = Array.from({ length: view.rows }, (_, row) => view.numberAt(row) ?? history.first);
  const { bytes, at } = history.snapshot();
  return { bytes, first: 1, last: numbers.length, at: (row) => at(numbers[row - 1] ?? history.first) };
}

/** Resolves with the events that were saved; undefined if the user cancelled, which leaves an existing file unchanged. */
async function save(
  uri: Uri,
  options: SaveOptions,
  report: (increment: number, message: string) => void,
  token: CancellationToken,
): Promise<Saved | undefined> {
  const file = await openSavedFile(uri);
  let percent = 0;
  const pieces = piecesOf(options, (part) => {
    const increment = Math.floor(100 * part) - percent;
    if (increment <= 0) return;
    percent += increment;
    report(increment, `${percent} %`);
  });
  return savePieces(file, pieces, options.turns, () => token.isCancellationRequested);
}
