import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { RecordedFiles } from '../../../src/client/files/recordedFiles';
import { Inspection } from '../../../src/client/inspection';
import { Recorder } from '../../../src/client/recording/recorder';
import { parseScript } from '../../../src/script/parseScript';
import type { Step } from '../../../src/script/script';
import { eventually } from '../servers/testServer';

/** Returns the path of a file in a folder that is removed when the test is over. */
export function temporaryFile(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'sse-counter-recording-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, name);
}

export interface Recording {
  recorder: Recorder;
  path: string;
  /** Errors that ended the recording. */
  failures: Error[];
  /** Stops the recording, and returns the file as text. */
  stop(): string;
}

/** Records the data that the inspection receives from now on. */
export async function startRecording(inspection: Inspection): Promise<Recording> {
  const path = temporaryFile('recorded.sse');
  const failures: Error[] = [];
  const recorder = await Recorder.create(path, new RecordedFiles(), (error) => failures.push(error));
  onTestFinished(() => recorder.close());
  inspection.record(recorder);
  const stop = () => {
    inspection.record(undefined);
    recorder.close();
    return readFileSync(path, 'utf8');
  };
  return { recorder, path, failures, stop };
}

/** Records a stream from its first request on. */
export async function recordStream(url: string, { reconnect = false } = {}) {
  const inspection = new Inspection(() => undefined);
  onTestFinished(() => inspection.close());
  const recording = await startRecording(inspection);
  inspection.connect({ method: 'GET', url, headers: [], insecure: false }, { reconnect, lastEventId: '' });
  /** Resolves when the stream is over for good. */
  const ended = () => eventually(() => !inspection.running);
  return { inspection, ended, ...recording };
}

/** Returns a file without its pauses. */
export function withoutWaits(file: string): string {
  return file.replace(/^:@ wait .*\n/gm, '');
}

/** Returns the bytes that a file sends, and their times. @throws if the file has an error */
export function readSteps(file: string | Buffer): {
  bytes: Buffer;
  sends: { offset: number; text: string }[];
  steps: readonly Step[];
} {
  const { steps, problems } = parseScript(Buffer.from(file));
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(`The file has errors: ${JSON.stringify(errors)}.`);
  const sent = steps.flatMap((step) => (step.kind === 'send' ? [step] : []));
  const sends = sent.map(({ offset, bytes }) => ({ offset, text: Buffer.from(bytes).toString() }));
  return { bytes: Buffer.concat(sent.map(({ bytes }) => bytes)), sends, steps };
}
