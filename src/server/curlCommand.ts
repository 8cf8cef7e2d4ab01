/** The line that shows a stream in a terminal. On Windows it names `curl.exe`, since PowerShell's `curl` is another program. */
export function curlCommand(url: string, platform: NodeJS.Platform = process.platform): string {
  return `${platform === 'win32' ? 'curl.exe' : 'curl'} -N ${url}`;
}
