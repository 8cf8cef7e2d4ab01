import { env, l10n, Uri, window, workspace } from 'vscode';
import { curlCommand, publishCommand } from '../../../client/request/curlLines';
import { tellBriefly, tellWarning } from '../output/tell';
import { userShell } from './userShell';

/** Address of a running server as reached from its machine, and the actions that a user can take with it. */
export class StreamAddress {
  /** URL of the stream: `http://127.0.0.1:8080/event`, or the path that its file says; of several, the server's. */
  readonly url: string;
  /** Method of a request for the stream. */
  readonly method: 'GET' | 'POST';
  readonly #root: string;
  readonly #publishUrl: string;

  /** @param root the server's root, with its closing slash */
  constructor(root: string, method: 'GET' | 'POST' = 'GET', path = '/event') {
    this.#root = root;
    this.method = method;
    this.url = root + path.slice(1);
    this.#publishUrl = method === 'POST' || path === '/' ? `${root}publish` : this.url;
  }

  /**
   * Command line that shows the stream in a terminal, quoted for the shell that the user's terminals have now: the path may come
   * from a file, the user may choose another shell, and VS Code doesn't know it yet when a reloaded window serves again.
   */
  get curl(): string {
    return curlCommand(this.url, userShell(), this.method);
  }

  /** Command line that publishes an event to the stream, if the source allows that; quoted like `curl`. */
  get publish(): string {
    return publishCommand(this.#publishUrl, userShell());
  }

  /** Copies a text. Resolves with it, for the panel to show. */
  copyUrl(): Promise<string> {
    return copy(this.url);
  }

  copyCurl(): Promise<string> {
    return copy(this.curl);
  }

  copyPublish(): Promise<string> {
    return copy(this.publish);
  }

  /**
   * Runs curl in a new terminal, so that it doesn't disturb a running program. In Restricted Mode, opens
   * none where the workspace's settings change terminals, and says so.
   */
  runCurl(): void {
    if (!workspace.isTrusted && setsTerminals()) {
      void tellWarning(
        l10n.t(
          'No terminal was opened in Restricted Mode: the settings of this workspace change terminals. Copy curl.',
        ),
      );
      return;
    }
    const terminal = window.createTerminal(l10n.t('SSE Counter: curl'));
    terminal.show();
    terminal.sendText(this.curl);
  }

  /** Opens the server in the user's browser; VS Code resolves the address that the browser can reach. */
  async openInBrowser(): Promise<void> {
    await env.openExternal(Uri.parse(this.#root));
  }
}

/**
 * Whether the workspace's settings have anything for terminals: `"terminal": {…}` brings shells and their environment even
 * in Restricted Mode (VS Code 1.100).
 */
function setsTerminals(): boolean {
  const scopes = [undefined, ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri)];
  return scopes.some((scope) => {
    const set = workspace.getConfiguration(undefined, scope).inspect('terminal');
    return set?.workspaceValue !== undefined || set?.workspaceFolderValue !== undefined;
  });
}

async function copy(text: string): Promise<string> {
  await env.clipboard.writeText(text);
  tellBriefly(l10n.t('Copied: {0}', text));
  return text;
}
