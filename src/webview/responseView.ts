import type { InspectorStrings, ToInspectorPage } from '../messages/inspector';
import { element } from './page';

type Response = Extract<ToInspectorPage, { type: 'response' }>;

/** The answer's status and headers and, where it is no event stream, its body. */
export function showResponse(response: Response, strings: InspectorStrings): void {
  const { status, statusText, headers, body, cut } = response;
  element('statusLine').textContent = `${status} ${statusText}`.trim();
  element('responseHeaders').replaceChildren(...headers.map(headerRow));
  const noBody = isEventStream(response) ? strings.bodyIsStream : strings.noBody;
  element('responseNote').textContent = body === undefined ? noBody : cut ? strings.cut : '';
  const text = element('responseBody');
  text.textContent = body ?? '';
  text.hidden = body === undefined || body === '';
}

/** Whether its body is the events. */
export function isEventStream({ headers, body }: Response): boolean {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return body === undefined && /^text\/event-stream\b/i.test(type);
}

function headerRow([name, value]: [string, string]): HTMLElement {
  const row = document.createElement('tr');
  const head = document.createElement('th');
  head.scope = 'row';
  head.textContent = name;
  const cell = document.createElement('td');
  cell.textContent = value;
  row.append(head, cell);
  return row;
}
