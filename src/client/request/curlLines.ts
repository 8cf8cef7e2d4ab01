import type { Shell } from './curlCommand';

/**
 * Returns the command that shows a stream in a terminal, of a server of ours.
 * @param url quoted, as its path may come from a file of anyone's @param method of the request
 */
export function curlCommand(url: string, shell: Shell, method: 'GET' | 'POST' = 'GET'): string {
  return [curl(shell), '-N', ...(method === 'POST' ? ['-X POST'] : []), word(url, shell)].join(' ');
}

/** Returns the command that publishes an event from a terminal. */
export function publishCommand(url: string, shell: Shell): string {
  return `${curl(shell)} -d hello ${word(url, shell)}`;
}

/** Returns the name of curl; in full on Windows, where PowerShell's `curl` is another program. */
function curl(shell: Shell): string {
  return shell === 'cmd' || shell === 'powershell' ? 'curl.exe' : 'curl';
}

/** Returns the URL as a word of the shell. It is encoded as a browser does: without double quotes, backslashes and blanks. */
function word(url: string, shell: Shell): string {
  if (/^[\w:./-]+$/.test(url)) return url;
  // Without `-g`, curl would take brackets for a set of URLs.
  const option = /^http:\/\/[^/]*\/.*[[\]]/.test(url) ? '-g ' : '';
  // In quotes, cmd still expands variables: a quote within the name prevents that, and curl gets none of the quotes.
  if (shell === 'cmd') return `${option}"${url.replace(/%(\w)/g, '%"$1"')}"`;
  // Not `'\\''`: Nushell and Elvish count as POSIX, and would run what follows.
  return `${option}'${url.replaceAll("'", shell === 'posix' ? `'"'"'` : "''")}'`;
}
