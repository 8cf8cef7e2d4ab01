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
  /** Request with masks for its secrets. */
  request: StreamRequest;
  format: SaveFormat;
  /** Whether only the events that are shown are saved, as the filter and a pause say. Default: false. */
  shown?: boolean | undefined;
  turns: Turns;
  /** Dialog shared by all panels. */
  dialog: SaveDialog;
}

/** Yields the file's content piece by piece, and returns the number of events in it. */
type Pieces = (onProgress: (part: number) => void) => Generator<Uint8Array, number>;

/**
 * Asks for a file, and saves the kept events: as NDJSON with an event per line, as a JSON document that includes the
 * request, or as a `.sse` file with exact bytes and timing, which only tells of the request that it is a POST. The user can
 * cancel it. Afterwards the file is offered to be opened, served, and compared with that of the run before. Of events that are only some, a `.sse` file has
 * the times at which they came, but not what came between them.
 */
export async function saveEvents(options: SaveOptions): Promise<void> {
  const { format, request, turns, dialog, inspection } = options;
  const kind = { ndjson: 'NDJSON', json: 'JSON', sse: l10n.t('Event Stream') }[format];
  const name = fileName(request.url);
  const file = await dialog.ask({ title: l10n.t('Save Events'), kind, ending: format, name });
  if (!file) return;
  const all = inspection.history.count + 1 - inspection.history.first;
  try {
    const count = await withProgress(l10n.t('Saving events'), (report, token) =>
      save(file, piecesOf(options), turns, report, token),
    );
    if (count === undefined) return;
    const told = options.shown ? l10n.t('Events saved: {0} of {1}', count, all) : l10n.t('Events saved: {0}', count);
    void offerFile(told, file, turns, dialog.runs.add(`${format} ${request.url}`, file));
  } catch (error) {
    const reason = reasonOf(error);
    void tellError(l10n.t('The events were not saved to {0}: {1}', basename(file.path), reason));
  }
}

function piecesOf({ inspection, request: { method, url, headers, body }, format, shown }: SaveOptions): Pieces {
  const events = () => (shown ? shownEvents(inspection) : inspection.history.snapshot());
  if (format === 'sse')
    return (onProgress) => (shown ? eventsScript(events(), method, onProgress) : inspection.script(onProgress));
  // As pairs, because a header may occur more than once.
  const request = { method, url, headers, body };
  const shape = format === 'ndjson' ? ({ lines: true } as const) : ({ lines: false, request } as const);
  return (onProgress) => historyJson(events(), shape, onProgress);
}

/** Returns a snapshot of the rows, which it counts from 1. */
function shownEvents({ history, view }: Inspection): HistorySnapshot {
  const numbers = Array.from({ length: view.rows }, (_, row) => view.numberAt(row) ?? history.first);
  const { bytes, at } = history.snapshot();
  return { bytes, first: 1, last: numbers.length, at: (row) => at(numbers[row - 1] ?? history.first) };
}

/** Resolves with the number of saved events; undefined if the user cancelled, which leaves an existing file unchanged. */
async function save(
  uri: Uri,
  make: Pieces,
  turns: Turns,
  report: (increment: number, message: string) => void,
  token: CancellationToken,
): Promise<number | undefined> {
  const file = await openSavedFile(uri);
  let percent = 0;
  const pieces = make((part) => {
    const increment = Math.floor(100 * part) - percent;
    if (increment <= 0) return;
    percent += increment;
    report(increment, `${percent} %`);
  });
  return savePieces(file, pieces, turns, () => token.isCancellationRequested);
}
