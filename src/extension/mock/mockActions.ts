import { commands, ViewColumn } from 'vscode';
import type { MockAction } from '../../messages/mock';
import type { Turns } from '../../turns/turns';
import { openFile } from '../shared/file/openFile';
import type { StreamAddress } from '../shared/server/streamAddress';
import type { ServedFile } from './servedFile';

export interface ServedPlace {
  file: ServedFile;
  /** Address of the server; undefined while it doesn't listen. */
  address: StreamAddress | undefined;
  turns: Turns;
}

/** Runs the action of a button on a served file's panel, apart from those that control the stream. */
export async function runMockAction(
  command: Exclude<MockAction, 'start' | 'stop'>,
  { file, address, turns }: ServedPlace,
): Promise<void> {
  if (command === 'openFile') {
    const { uri, problem } = file;
    await openFile(uri, turns, { selection: problem?.range, column: ViewColumn.Beside });
  } else if (command === 'inspect') {
    // A URL alone would be requested by GET.
    const { method, curl, url } = address ?? {};
    if (url) await commands.executeCommand('sseCounter.inspect', method === 'POST' ? curl : url);
  } else {
    await address?.[command]();
  }
}
