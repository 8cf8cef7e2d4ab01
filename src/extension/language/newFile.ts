import { homedir } from 'node:os';
import { l10n, Position, type QuickPickItem, type TextDocument, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { pickOne } from '../shared/output/tell';

interface Template extends QuickPickItem {
  /** File name in media/templates/. */
  file: string;
}

/**
 * Opens a template as a new `.sse` document, with the focus.
 * @param name of the template's file. Default: the user picks one, also if there is none of that name
 */
export async function newStreamFile(extensionUri: Uri, name?: string): Promise<void> {
  const title = l10n.t('New Event Stream File');
  const picked = templates().find(({ file }) => file === name) ?? (await pickOne(templates(), { title }));
  if (!picked) return;
  const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, 'media', 'templates', picked.file));
  await window.showTextDocument(await newDocument(picked.file, new TextDecoder().decode(bytes)));
}

/**
 * Opens an unsaved document with a path. Without one, VS Code would name it after its first line, for example
 * `:@ method POST`, which isn't allowed as a file name on Windows.
 */
async function newDocument(name: string, content: string): Promise<TextDocument> {
  const uri = await freeFile(name);
  const document = await workspace.openTextDocument(uri.with({ scheme: 'untitled' }));
  const edit = new WorkspaceEdit();
  edit.insert(document.uri, new Position(0, 0), content);
  await workspace.applyEdit(edit);
  return document;
}

/**
 * Resolves with a file that doesn't exist yet, `name.sse`, or `name-2.sse`, and so on: in the workspace's first folder, or
 * in the home directory if that folder isn't on the disk, or there is none.
 */
async function freeFile(name: string): Promise<Uri> {
  const first = workspace.workspaceFolders?.[0]?.uri;
  const folder = first?.scheme === 'file' ? first : Uri.file(homedir());
  for (let number = 1; ; number += 1) {
    const file = Uri.joinPath(folder, number === 1 ? name : name.replace('.', `-${number}.`));
    const isOpen = workspace.textDocuments.some(({ uri }) => uri.path === file.path);
    if (!isOpen && !(await exists(file))) return file;
  }
}

async function exists(file: Uri): Promise<boolean> {
  return workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
}

function templates(): Template[] {
  return [
    {
      file: 'notifications.sse',
      label: l10n.t('Notifications'),
      detail: l10n.t('Events with ids; the connection breaks once, and the client resumes'),
    },
    {
      file: 'progress.sse',
      label: l10n.t('Progress of a job'),
      detail: l10n.t('Percentages with ids; at the end, clients are told not to reconnect'),
    },
    {
      file: 'openai-chat.sse',
      label: 'OpenAI Chat Completions',
      detail: l10n.t('A text, a call of a function and the usage, on {0}', '/v1/chat/completions'),
    },
    {
      file: 'openai-responses.sse',
      label: 'OpenAI Responses',
      detail: l10n.t('A text from its first to its last event, on {0}', '/v1/responses'),
    },
    {
      file: 'anthropic-messages.sse',
      label: 'Anthropic Messages',
      detail: l10n.t('A text, a call of a tool and the usage, on {0}', '/v1/messages'),
    },
    {
      file: 'anthropic-error.sse',
      label: l10n.t('Anthropic Messages, with an Error'),
      detail: l10n.t('An error in the middle of a text, and a refusal of the next request, on {0}', '/v1/messages'),
    },
    {
      file: 'mcp.sse',
      label: l10n.t('MCP Tool Call'),
      detail: l10n.t('A tool and the result of its call, on {0}', '/mcp'),
    },
    {
      file: 'empty.sse',
      label: l10n.t('Empty File'),
      detail: l10n.t('One event, to begin with'),
    },
  ];
}
