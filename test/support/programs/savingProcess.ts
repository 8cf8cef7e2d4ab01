// A process that saves a full history to a file: `node savingProcess.mjs FILE STREAM FORMAT`. It prints the maximum growth
// of its memory, in MB, and the CPU time of the longest turn, in milliseconds.

import { FileReplacement } from '../../../src/client/files/fileReplacement';
import { savePieces } from '../../../src/client/files/savePieces';
import { Arrivals } from '../../../src/client/history/arrivals';
import { History } from '../../../src/client/history/history';
import { historyJson } from '../../../src/client/history/historyJson';
import { historyScript } from '../../../src/client/recording/historyScript';
import { EventStreamParser } from '../../../src/stream/parse';
import { Turns } from '../../../src/turns/turns';

const MB = 1024 * 1024;
const [, , path = '', stream = '', format = ''] = process.argv;
const [history, arrivals, turns] = [new History(), new Arrivals(), new Turns()];
const parser = new EventStreamParser((event) => history.addEvent(event, 0), { maxEventSize: 16 * MB });
arrivals.response({ method: 'GET', status: 200, isEventStream: true }, 0);
const tell = (chunk: Buffer) => {
  history.addBytes(chunk);
  arrivals.bytes(chunk, 0);
  parser.feed(chunk);
};
const line = Buffer.from(':@\n'.repeat(20_000));
const part = Buffer.alloc(60_000, 1);
for (let size = 0; size < (stream === 'directives' ? 66 : 60) * 1e6; size += 60_000) {
  if (stream === 'directives') tell(line);
  else tell(Buffer.concat([Buffer.from(size % 15_000_000 === 0 ? '\n\ndata: ' : ''), part]));
}
tell(Buffer.from('\n\n'));

async function save(): Promise<void> {
  const before = process.memoryUsage().rss;
  let [most, longest, from] = [before, 0, process.cpuUsage()];
  // Each iteration of the event loop is at most one turn.
  const look = () => {
    const { user, system } = process.cpuUsage(from);
    longest = Math.max(longest, (user + system) / 1000);
    most = Math.max(most, process.memoryUsage().rss);
    from = process.cpuUsage();
  };
  const timer = setInterval(look, 1);
  look();
  const file = await FileReplacement.open(path);
  const pieces =
    format === 'sse' ? historyScript(history, arrivals, 'GET') : historyJson(history.snapshot(), { lines: true });
  await savePieces(file, pieces, turns, () => false);
  clearInterval(timer);
  const megabytes = (bytes: number) => Math.round(bytes / MB);
  console.log(JSON.stringify({ grown: megabytes(most - before), longest: Math.round(longest) }));
}

void save();
