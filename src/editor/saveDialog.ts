import { Uri, window, workspace } from 'vscode';
import { parsedUrl } from '../inspector/parsedUrl';

export interface SaveDialogOptions {
  title: string;
  /** What files of that ending are, for a person. */
  kind: string;
  /** Without a dot. */
  ending: string;
  /** What is offered, without the ending. Default, also where it is empty: `events`. */
  name?: string | undefined;
}

/** Asks for a file to write, in the workspace's first folder where there is one. Resolves with undefined when the user wants none. */
export function askForFile({ title, kind, ending, name }: SaveDialogOptions): Thenable<Uri | undefined> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const file = `${name || 'events'}.${ending}`;
  const defaultUri = folder ? Uri.joinPath(folder, file) : Uri.file(file);
  return window.showSaveDialog({ title, defaultUri, filters: { [kind]: [ending] } });
}

/** What a file of a stream may be named after, without an ending: its host; undefined where the URL is none. */
export function nameOf(url: string): string | undefined {
  // A file's name has no colon on Windows, and an IPv6 address has brackets.
  return parsedUrl(url)
    ?.hostname.replace(/[^\w.-]+/g, '-')
    .replace(/^-|-$/g, '');
}
