import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { onTestFinished, vi } from 'vitest';
import { RecordedFiles } from '../../../src/client/files/recordedFiles';
import type { History } from '../../../src/client/history/history';
import { Inspection } from '../../../src/client/inspection';
import { RecordingFiles, type RecordingMove } from '../../../src/client/recordingFiles';
import { parseScript } from '../../../src/script/parseScript';
import { Turns } from '../../../src/turns/turns';
import { eventually } from '../servers/testServer';
import { temporaryFile } from './recordings';

/** Creates an inspection, and a function that makes it send one request to a server of its own. */
export async function inspectionOf(answer: RequestListener, history?: History) {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const inspection = new Inspection(() => undefined, history);
  onTestFinished(() => {
    inspection.close();
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const connect = () =>
    inspection.connect({ method: 'GET', url, headers: [], insecure: false }, { reconnect: false, lastEventId: '' });
  return { inspection, url, connect };
}

/** Inspects a stream to which the test writes. */
export async function streamByHand(history?: History) {
  let response: ServerResponse | undefined;
  const { inspection, url, connect } = await inspectionOf((_request, answer) => {
    response = answer;
    answer.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders();
  }, history);
  connect();
  await eventually(() => inspection.status.state === 'open');
  let sent = 0;
  /** Sends the given number of further events, and resolves when they have been received. */
  const send = async (count: number, padding = '') => {
    const texts = Array.from({ length: count }, (_, index) => `data: event ${sent + index + 1}${padding}\n\n`);
    sent += count;
    response?.write(texts.join(''));
    await eventually(() => inspection.history.count >= sent);
  };
  const write = (text: string) => void response?.write(text);
  const hangUp = () => void response?.end();
  return { inspection, send, write, hangUp, connect, url, sent: () => sent };
}

/**
 * Records the data of an inspection, and collects the reports.
 * @param recorded the recorded files of the process. Default: none, as if all others are recorded by another window
 */
export async function recordFiles(
  inspection: Inspection,
  path = temporaryFile('a.sse'),
  recorded = new RecordedFiles(),
) {
  const moves: RecordingMove[] = [];
  const ends: string[] = [];
  const omitted: number[] = [];
  let onMoved = () => {};
  /** Resolves as soon as a move is reported: nothing has been written to the new file by then. */
  const moved = new Promise<void>((resolve) => {
    onMoved = resolve;
  });
  const files = await RecordingFiles.open(
    inspection,
    path,
    { turns: new Turns(), recorded },
    {
      onMove: (move) => {
        moves.push(move);
        onMoved();
      },
      onOmitted: (_path, event) => omitted.push(event),
      onEnd: (_path, error) => ends.push('code' in error ? String(error.code) : error.message),
    },
  );
  onTestFinished(() => files.close());
  files.begin();
  /** Resolves when the file has the given size, and no write is in progress. */
  const written = async (size = 1) => {
    await eventually(() => (inspection.recorder?.size ?? 0) >= size);
    await settled();
  };
  return { files, path, moves, moved, omitted, ends, written };
}

/** Returns the numbers of the events in a file. @throws if the file has an error */
export function eventsIn(path: string): number[] {
  const { steps, problems } = parseScript(readFileSync(path));
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(`${path} has errors: ${JSON.stringify(errors)}.`);
  const text = Buffer.concat(steps.flatMap((step) => (step.kind === 'send' ? [step.bytes] : []))).toString();
  return [...text.matchAll(/^data: event (\d+)x*$/gm)].map(([, number]) => Number(number));
}

/** Returns the numbers from 1 on. */
export function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** Returns the files of a file's folder, including itself. */
export function filesBeside(path: string): string[] {
  return readdirSync(dirname(path))
    .map((name) => join(dirname(path), name))
    .sort();
}

/** Interval at which the file of an idle stream is checked, in milliseconds. */
const CHECKING = 500;

/** Advances a fake clock by that interval, and resolves when the files have been checked. */
export async function lookAtFiles(): Promise<void> {
  await settled();
  vi.advanceTimersByTime(CHECKING);
  await settled();
}

/** Resolves when the condition holds; files are checked until then. */
export async function lookUntil(condition: () => boolean): Promise<void> {
  while (!condition()) await lookAtFiles();
}

/** Resolves when no file operation is in progress. */
export async function settled(): Promise<void> {
  do await setImmediate();
  while (process.getActiveResourcesInfo().some((kind) => kind.startsWith('FSReq')));
}
