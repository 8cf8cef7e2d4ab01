import { setImmediate } from 'node:timers/promises';
import { l10n, ProgressLocation, Uri, window, workspace } from 'vscode';
import type { History, RecordedEvent } from '../inspector/history';
import type { Inspection } from '../inspector/inspection';
import type { StreamRequest } from '../inspector/streamRequest';

/** How long events are written before others get their turn, in milliseconds. */
const SLICE = 20;

/**
 * Asks where to, and saves the events that are kept: as NDJSON an event a line, or as one JSON document with the request.
 * @param request with masks for its secrets
 */
export async function saveEvents(
  inspection: Inspection,
  request: StreamRequest,
  format: 'ndjson' | 'json',
): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const name = `events.${format}`;
  const filters = { [format === 'json' ? 'JSON' : 'NDJSON']: [format] };
  const defaultUri = folder ? Uri.joinPath(folder, name) : Uri.file(name);
  const file = await window.showSaveDialog({ defaultUri, filters, title: l10n.t('Save Events') });
  if (!file) return;
  const title = l10n.t('Saving events');
  const count = await window.withProgress({ location: ProgressLocation.Notification, title }, async () => {
    const events = await texts(inspection.history);
    const { method, url, headers } = request;
    const head = JSON.stringify({ method, url, headers: Object.fromEntries(headers) });
    const text =
      format === 'ndjson'
        ? events.map((event) => `${event}\n`).join('')
        : `{\n"request": ${head},\n"events": [\n${events.join(',\n')}\n]\n}\n`;
    await workspace.fs.writeFile(file, new TextEncoder().encode(text));
    return events.length;
  });
  void window.showInformationMessage(l10n.t('Events saved: {0}', count));
}

/** Each event as JSON. */
async function texts(history: History): Promise<string[]> {
  const events: string[] = [];
  // Up to here: a fast stream would never let it end.
  const { count } = history;
  let until = performance.now() + SLICE;
  for (let number = history.first; number <= count; number += 1) {
    const event = history.get(number);
    if (event) events.push(JSON.stringify(record(history, event)));
    if (performance.now() < until) continue;
    await setImmediate();
    until = performance.now() + SLICE;
  }
  return events;
}

function record(history: History, recorded: RecordedEvent) {
  const { number, time, event, id } = recorded;
  return { number, time: new Date(time).toISOString(), event, id, data: history.data(recorded) };
}
