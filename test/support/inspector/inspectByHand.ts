import type { ServerResponse } from 'node:http';
import { eventually } from '../servers/testServer';
import { InspectorBench, type InspectorPanel, latest, serveNoting, statusOf } from './inspectors';

export const isOpen = ({ state }: { state: string }) => state === 'open';

/** Starts a server of event streams to which the test writes. */
export async function serveByHand() {
  const streams: ServerResponse[] = [];
  const { url, asked, host } = await serveNoting((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    streams.push(response);
  });
  return { url, asked, host, write: (text: string) => void streams.at(-1)?.write(text), streams };
}

/** Inspects an open stream. Resolves when the text sent on it has been received. */
export async function inspectByHand(text = '') {
  const bench = new InspectorBench();
  const server = await serveByHand();
  const panel = await bench.inspect(server.url);
  await statusOf(panel, isOpen);
  const events = text.split('\n\n').length - 1;
  if (events > 0) server.write(text);
  await eventually(() => events === 0 || historyOf(panel)?.events === events);
  return { ...server, bench, panel };
}

/** Returns the last message about the history that was posted to the page. */
export function historyOf(panel: InspectorPanel) {
  return latest(panel, 'history')?.history;
}

/** Posts a message from the page, and resolves with the reply of that type. */
export async function answerTo<T extends Parameters<typeof latest>[1]>(
  panel: InspectorPanel,
  message: Parameters<InspectorPanel['say']>[0],
  type: T,
) {
  panel.posted.length = 0;
  panel.say(message);
  await eventually(() => latest(panel, type) !== undefined);
  return latest(panel, type);
}
