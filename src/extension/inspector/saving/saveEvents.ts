import { basename } from 'node:path/posix';
import { type CancellationToken, l10n, type Uri } from 'vscode';
import { savePieces } from '../../../client/files/savePieces';
import { historyJson } from '../../../client/history/historyJson';
import type { Inspection } from '../../../client/inspection';
import type { StreamRequest } from '../../../client/request/streamRequest';
import type { SaveFormat } from '../../../messages/inspector';
import { reasonOf } from '../../../text/reason';
import type { Turns } from '../../../turns/turns';
import { tell, tellError, withProgress } from '../../shared/output/tell';
import { nameOf, type SaveDialog } from './saveDialog';
import { openSavedFile } from './savedFile';

export interface SaveOptions {
  inspection: Inspection;
  /** Request with masks for its secrets. */
  request: StreamRequest;
  format: SaveFormat;
  turns: Turns;
  /** Dialog shared by all panels. */
  dialog: SaveDialog;
}

/** Yields the file's content piece by piece, and returns the number of events in it. */
type Pieces = (onProgress: (part: number) => void) => Generator<Uint8Array, number>;

/**
 * Asks for a file, and saves the kept events: as NDJSON with an event per line, as a JSON document that includes the
 * request, or as a `.sse` file with exact bytes and timing, which only tells of the request that it is a POST. The user can
 * cancel it.
 */
export async function saveEvents(options: SaveOptions): Promise<void> {
  const { format, request, turns, dialog } = options;
  const kind = { ndjson: 'NDJSON', json: 'JSON', sse: l10n.t('Event Stream') }[format];
  const name = format === 'sse' ? nameOf(request.url) : undefined;
  const file = await dialog.ask({ title: l10n.t('Save Events'), kind, ending: format, name });
  if (!file) return;
  try {
    const count = await withProgress(l10n.t('Saving events'), (report, token) =>
      save(file, piecesOf(options), turns, report, token),
    );
    if (count !== undefined) void tell(l10n.t('Events saved: {0}', count));
  } catch (error) {
    const reason = reasonOf(error);
    void tellError(l10n.t('The events were not saved to {0}: {1}', basename(file.path), reason));
  }
}

function piecesOf({ inspection, request: { method, url, headers, body }, format }: SaveOptions): Pieces {
  if (format === 'sse') return (onProgress) => inspection.script(onProgress);
  // As pairs, because a header may occur more than once.
  const request = { method, url, headers, body };
  const shape = format === 'ndjson' ? ({ lines: true } as const) : ({ lines: false, request } as const);
  return (onProgress) => historyJson(inspection.history.snapshot(), shape, onProgress);
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
