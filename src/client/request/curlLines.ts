/** Returns the command that shows a stream in a terminal. @param method of the request */
export function curlCommand(url: string, platform?: NodeJS.Platform, method: 'GET' | 'POST' = 'GET'): string {
  return `${curl(platform)} -N ${method === 'POST' ? '-X POST ' : ''}${url}`;
}

/** Returns the command that publishes an event from a terminal, in words that every shell accepts unquoted. */
export function publishCommand(url: string, platform?: NodeJS.Platform): string {
  return `${curl(platform)} -d hello ${url}`;
}

/** Returns the name of curl; in full on Windows, where PowerShell's `curl` is another program. */
function curl(platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? 'curl.exe' : 'curl';
}
