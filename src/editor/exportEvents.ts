import { setImmediate } from 'node:timers/promises';
import { l10n, workspace } from 'vscode';
import type { History, RecordedEvent } from '../inspector/history';
import type { Inspection } from '../inspector/inspection';
import type { StreamRequest } from '../inspector/streamRequest';
import type { SaveFormat } from '../messages/inspector';
import { askForFile, nameOf } from './saveDialog';
import { tell, withProgress } from './tell';

/** How long events are written before others get their turn, in milliseconds. */
const SLICE = 20;

/**
 * Asks where to, and saves what is kept: as NDJSON an event a line, as one JSON document with the request, or as a `.sse`
 * file with exact bytes and timing, and nothing of the request but that it is a POST.
 * @param request with masks for its secrets
 */
export async function saveEvents(inspection: Inspection, request: StreamRequest, format: SaveFormat): Promise<void> {
  const kind = { ndjson: 'NDJSON', json: 'JSON', sse: l10n.t('Event Stream') }[format];
  const name = format === 'sse' ? nameOf(request.url) : undefined;
  const file = await askForFile({ title: l10n.t('Save Events'), kind, ending: format, name });
  if (!file) return;
  const title = l10n.t('Saving events');
  const count = await withProgress(title, async () => {
    const { history } = inspection;
    // Of this moment: while the file is written, more may come.
    const events = history.count - history.first + 1;
    const bytes = format === 'sse' ? await inSlices(inspection.script()) : await asJson(history, request, format);
    await workspace.fs.writeFile(file, Buffer.concat(bytes));
    return events;
  });
  void tell(l10n.t('Events saved: {0}', count));
}

async function asJson(history: History, request: StreamRequest, format: 'ndjson' | 'json'): Promise<Uint8Array[]> {
  const events = await inSlices(texts(history));
  const { method, url, headers } = request;
  const head = JSON.stringify({ method, url, headers: Object.fromEntries(headers) });
  const text =
    format === 'ndjson'
      ? events.map((event) => `${event}\n`).join('')
      : `{\n"request": ${head},\n"events": [\n${events.join(',\n')}\n]\n}\n`;
  return [new TextEncoder().encode(text)];
}

/** All of them. Others get their turn in between. */
async function inSlices<T>(pieces: Iterable<T>): Promise<T[]> {
  const taken: T[] = [];
  let until = performance.now() + SLICE;
  for (const piece of pieces) {
    taken.push(piece);
    if (performance.now() < until) continue;
    await setImmediate();
    until = performance.now() + SLICE;
  }
  return taken;
}

/** Each event as JSON. */
function* texts(history: History): Generator<string> {
  // Up to here: a fast stream would never let it end.
  const { count } = history;
  for (let number = history.first; number <= count; number += 1) {
    const event = history.get(number);
    if (event) yield JSON.stringify(record(history, event));
  }
}

function record(history: History, recorded: RecordedEvent) {
  const { number, time, event, id } = recorded;
  return { number, time: new Date(time).toISOString(), event, id, data: history.data(recorded) };
}
