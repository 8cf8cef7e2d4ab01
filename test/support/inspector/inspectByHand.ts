import type { ServerResponse } from 'node:http';
import { eventually } from '../servers/testServer';
import { InspectorBench, type InspectorPanel, latest, serveNoting, statusOf } from './inspectors';

export const isOpen = ({ state }: { state: string }) => state === 'open';

/** A server that answers event streams, in which the test writes. */
export async function serveByHand() {
  const streams: ServerResponse[] = [];
  const { url, asked, host } = await serveNoting((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
    streams.push(response);
  });
  return { url, asked, host, write: (text: string) => void streams.at(-1)?.write(text), streams };
}

/** An inspected stream that is open, and what has been sent in it is there. */
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

/** What the page was told last of the history. */
export function historyOf(panel: InspectorPanel) {
  return latest(panel, 'history')?.history;
}

/** Says something, and resolves with what the page is told then, of that type. */
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
