import { commands, ViewColumn } from 'vscode';
import { curlCommand } from '../../client/request/curlLines';
import type { MockAction, StreamAction } from '../../messages/mock';
import type { Turns } from '../../turns/turns';
import { openFile } from '../shared/file/openFile';
import type { StreamAddress } from '../shared/server/streamAddress';
import type { ServedContent } from './content/servedContent';
import { ServedFolder } from './content/servedFolder';

export interface ServedPlace {
  file: ServedContent;
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
    const { uri, problem, isFolder } = file;
    if (isFolder) await commands.executeCommand('revealInExplorer', uri);
    else await openFile(uri, turns, { selection: problem?.range, column: ViewColumn.Beside });
  } else if (command === 'inspect') {
    if (address) await inspect(address);
  } else {
    await address?.[command]();
  }
}

export interface FolderPlace {
  content: ServedContent;
  /** Name of a file in it. */
  file: string;
  /** The server's root; undefined while it doesn't listen. */
  root: string | undefined;
  turns: Turns;
}

/** Runs the action of a button of a folder's stream. */
export async function runStreamAction(
  action: StreamAction,
  { content: folder, file, root, turns }: FolderPlace,
): Promise<void> {
  if (!(folder instanceof ServedFolder)) return;
  const address = root === undefined ? undefined : folder.streamAddress(root, file);
  if (action === 'open') {
    const { uri, range } = folder.fileOf(file) ?? {};
    if (uri) await openFile(uri, turns, { selection: range, column: ViewColumn.Beside });
  } else if (action === 'inspect') {
    if (address) await inspect(address);
  } else {
    await address?.copyCurl();
  }
}

async function inspect({ method, url }: StreamAddress): Promise<void> {
  // A URL alone would be requested by GET. Every shell's reader but that of bash needs signs of it in the command.
  await commands.executeCommand('sseCounter.inspect', method === 'POST' ? curlCommand(url, 'posix', method) : url);
}
