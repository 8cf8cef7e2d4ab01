import { env, l10n, workspace } from 'vscode';
import { ProxyError } from '../../client/http/proxy/proxyError';

/**
 * Finds no proxy, as VS Code itself takes the extension's requests through the user's; see `FindProxy`. Rejects with
 * ProxyError if a repository's settings would change that way.
 */
export async function noRepositoryProxy(): Promise<undefined> {
  // In a local window, VS Code reads the user's settings alone.
  if (env.remoteName === undefined) return;
  // In remote windows of VS Code 1.100, `"http": {…}` in a repository's settings passes, even in Restricted Mode.
  if (workspace.getConfiguration().inspect('http')?.workspaceValue === undefined) return;
  throw new ProxyError(
    l10n.t(
      'Nothing was sent: the settings of this workspace, “http”, change the way that VS Code’s requests take. Remove them.',
    ),
    { isFutile: true },
  );
}
