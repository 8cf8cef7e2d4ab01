import { commandOf, type Shell, toCurl, urlArguments } from './curlCommand';

/** Returns the command that shows a stream in a terminal. The path may come from a file of anyone's. @param method of the request */
export function curlCommand(url: string, shell: Shell, method: 'GET' | 'POST' = 'GET'): string {
  return toCurl({ method, url, headers: [], body: undefined, insecure: false }, { shell });
}

/** Returns the command that publishes an event from a terminal. */
export function publishCommand(url: string, shell: Shell): string {
  return commandOf(['-d', 'hello', ...urlArguments(url)], { shell });
}
