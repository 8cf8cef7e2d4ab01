import { env, l10n, Uri, window } from 'vscode';
import { curlCommand, publishCommand } from '../../../client/request/curlLines';
import { tellBriefly } from '../output/tell';

/** Where a running server can be reached from beside it, and what a person does with that. */
export class StreamAddress {
  /** The stream: `http://127.0.0.1:8080/event`. */
  readonly url: string;
  /** The line that shows it in a terminal. */
  readonly curl: string;
  /** The line that publishes to it, where that is possible. */
  readonly publish: string;
  /** The method that the stream is asked for with. */
  readonly method: 'GET' | 'POST';
  readonly #root: string;

  /** @param root the server's root, with its closing slash */
  constructor(root: string, method: 'GET' | 'POST' = 'GET') {
    this.#root = root;
    this.method = method;
    this.url = `${root}event`;
    this.curl = curlCommand(this.url, process.platform, method);
    this.publish = publishCommand(method === 'POST' ? `${root}publish` : this.url);
  }

  copyUrl(): Promise<void> {
    return copy(this.url);
  }

  copyCurl(): Promise<void> {
    return copy(this.curl);
  }

  copyPublish(): Promise<void> {
    return copy(this.publish);
  }

  /** In a terminal of its own, so that it disturbs nothing that runs. */
  runCurl(): void {
    const terminal = window.createTerminal(l10n.t('SSE Counter: curl'));
    terminal.show();
    terminal.sendText(this.curl);
  }

  /** VS Code finds the address that the user's browser reaches the server at. */
  async openInBrowser(): Promise<void> {
    await env.openExternal(Uri.parse(this.#root));
  }
}

async function copy(text: string): Promise<void> {
  await env.clipboard.writeText(text);
  tellBriefly(l10n.t('Copied: {0}', text));
}
