import { l10n, workspace } from 'vscode';
import { ProxyError } from '../../client/http/proxy/proxyError';

/**
 * Finds no proxy, as VS Code itself takes the extension's requests through the user's; see `FindProxy`. Rejects with
 * ProxyError if VS Code would take them through one that a repository names.
 */
export async function noRepositoryProxy(): Promise<undefined> {
  // In remote windows of VS Code 1.100, `"http": {…}` in a repository's settings passes, even in Restricted Mode.
  if (workspace.getConfiguration('http').inspect('proxy')?.workspaceValue === undefined) return;
  throw new ProxyError(
    l10n.t(
      'Nothing was sent: the settings of this workspace would send it through their proxy. Remove “http” from them.',
    ),
    { isFutile: true },
  );
}
