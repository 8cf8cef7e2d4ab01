import { parsedUrl } from './parsedUrl';
import { MASK } from './secrets/secretLedger';
import { hasVariable, literalOf, posixWord, powerShellWord, WindowsLine, type Word } from './shells/shellWord';
import type { StreamRequest } from './streamRequest';

/** The shell that a command is for; `pwsh` is PowerShell on Linux and macOS. */
export type Shell = 'posix' | 'cmd' | 'powershell' | 'pwsh';

export interface CurlOptions {
  /** Default: `posix`. */
  shell?: Shell;
  /**
   * Variables that stand for masks in the request, by mask. Each is set to an empty value on a line before the command.
   * Default: none.
   */
  variables?: ReadonlyMap<string, string>;
}

/** Maximum length of a line in cmd, in characters. */
const MAX_CMD = 8191;
const CONTROL = /[\p{Cc}\u2028\u2029]/u;
/** Signs within the words of a command that other shells may read differently than PowerShell; an empty word stands at the end. */
const OF_POWERSHELL = /[`^]|\\[\\"]|['‘’‚‛]{2}(?!$)/;

/**
 * Returns the request as a command for a terminal, on one line if the shell allows that; `parseRequest` reads the same
 * request from it. What cmd can't pass on, several lines or more than 8,191 characters, is written for PowerShell, after a
 * comment that says so.
 */
export function toCurl(request: StreamRequest, { shell = 'posix', variables = new Map() }: CurlOptions = {}): string {
  const words = argumentsOf(request).map((text) => wordOf(text, variables));
  const names = [...new Set(words.flat().flatMap((piece) => (typeof piece === 'string' ? [] : [piece.variable])))];
  if (shell === 'posix')
    return [...names.map((name) => `${name}=''`), ['curl', ...words.map(posixWord)].join(' ')].join('\n');
  // On systems other than Windows, PowerShell passes arguments on unchanged.
  if (shell === 'pwsh') {
    const command = ['curl', ...words.map((word) => powerShellWord(word))].join(' ');
    // The default, which marks the command as one for PowerShell: bash would read its escapes as commands, no quote where one
    // is doubled, and one backslash for two.
    const mark = OF_POWERSHELL.test(command) ? ["$PSNativeCommandArgumentPassing = 'Standard'"] : [];
    return [...names.map((name) => `$env:${name} = ''`), ...mark, command].join('\n');
  }
  if (shell === 'powershell') return forPowerShell(words, names);
  const line = new WindowsLine();
  const command = ['curl.exe', ...words.map((word) => line.write(word))].join(' ');
  if (CONTROL.test(command) || command.length > MAX_CMD)
    return `# For PowerShell: cmd can't pass this request on.\n${forPowerShell(words, names)}`;
  return [...names.map((name) => `set "${name}="`), command].join('\n');
}

/**
 * Returns the command for PowerShell on Windows. Windows PowerShell and PowerShell 7.3 differ in how they pass on an
 * argument with a quote in it. After `--%`, both pass on what is written. An argument with several lines isn't possible
 * there; then PowerShell 7 is told to behave like the older one.
 */
function forPowerShell(words: Word[], names: string[]): string {
  const lines = names.map((name) => `$env:${name} = ''`);
  const texts = words.map(literalOf);
  const isPassedAlike = words.every((word, index) => {
    const text = texts[index] ?? '';
    return !/"|\\$/.test(text) && (text !== '' || hasVariable(word));
  });
  const line = new WindowsLine();
  if (!isPassedAlike && !texts.some((text) => CONTROL.test(text) || /[“”„]/.test(text)))
    return [...lines, ['curl.exe --%', ...words.map((word) => line.write(word))].join(' ')].join('\n');
  const command = ['curl.exe', ...words.map((word) => powerShellWord(word, !isPassedAlike))].join(' ');
  // The line also marks the command as one for PowerShell, if another shell would read it differently.
  const isTold = isPassedAlike && (lines.length > 0 || !/ '|`/.test(command));
  return [...lines, ...(isTold ? [] : ["$PSNativeCommandArgumentPassing = 'Legacy'"]), command].join('\n');
}

/** Returns the arguments of curl that make the request. */
function argumentsOf({ method, url, headers, body, insecure }: StreamRequest): string[] {
  const has = (wanted: string) => headers.some(([name]) => name.toLowerCase() === wanted);
  const address = sentUrl(url);
  const args = ['-N'];
  if (insecure) args.push('-k');
  // Without `-g`, curl would take these characters for a set or a range of URLs; it recognizes an IPv6 address in brackets.
  if (/[[\]{}]|•••\d/.test(address.replace(/^\w+:\/\/\[[\da-f:.]+\]/i, ''))) args.push('-g');
  // With `-X HEAD`, curl would wait for a body.
  if (method === 'HEAD' && body === undefined) args.push('-I');
  else if (method !== (body === undefined ? 'GET' : 'POST')) args.push('-X', method);
  args.push(address);
  for (const [name, value] of headers) args.push('-H', value === '' ? `${name};` : `${name}: ${value}`);
  // Without this, curl shows the response undecoded.
  if (has('accept-encoding')) args.push('--compressed');
  if (body !== undefined) {
    // Without this, curl adds its own Content-Type for a body.
    if (!has('content-type')) args.push('-H', 'Content-Type:');
    args.push('--data-raw', body);
  }
  return args;
}

/** Returns the URL as it is, if curl requests the same as we do; otherwise its normalized form: curl encodes nothing. */
function sentUrl(url: string): string {
  const address = parsedUrl(url);
  const [, authority = '', target = ''] = /^https?:\/\/([^/?#\\]*)([^#]*)/i.exec(url) ?? [];
  if (!address || authority === '') return url;
  const path = withMasks(address.pathname + address.search);
  // curl accepts no blank, in the fragment either.
  const isSame = (target.startsWith('/') ? target : `/${target}`) === path && /^[!-~•]+$/.test(url);
  if (isSame) return url;
  const { protocol, username, password, host, hash } = address;
  const user = username + (password === '' ? '' : `:${password}`);
  return `${protocol}//${user === '' ? '' : `${withMasks(user)}@`}${host}${path}${withMasks(hash)}`;
}

/** Returns a part of a URL with its masks as they were written. */
function withMasks(text: string): string {
  return text.replace(/(?:%E2%80%A2){3}(?=[1-9])/g, '•••');
}

function wordOf(text: string, variables: ReadonlyMap<string, string>): Word {
  const pieces: (string | { variable: string })[] = [];
  let from = 0;
  for (const { 0: mask, index } of text.matchAll(MASK)) {
    const variable = variables.get(mask);
    if (variable === undefined) continue;
    pieces.push(text.slice(from, index), { variable });
    from = index + mask.length;
  }
  return [...pieces, text.slice(from)].filter((piece) => piece !== '' || text === '');
}
