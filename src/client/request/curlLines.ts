/** The line that shows a stream in a terminal. @param method that the stream is asked for with */
export function curlCommand(url: string, platform?: NodeJS.Platform, method: 'GET' | 'POST' = 'GET'): string {
  return `${curl(platform)} -N ${method === 'POST' ? '-X POST ' : ''}${url}`;
}

/** The line that publishes an event from a terminal, in words that every shell takes as they are. */
export function publishCommand(url: string, platform?: NodeJS.Platform): string {
  return `${curl(platform)} -d hello ${url}`;
}

/** On Windows it is named in full, since PowerShell's `curl` is another program. */
function curl(platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? 'curl.exe' : 'curl';
}
