import { env } from 'vscode';
import type { Shell } from '../../../client/request/curlCommand';

/** Returns the kind of shell that a new terminal has. */
export function userShell(): Shell {
  return shellOf(env.shell, process.platform);
}

/**
 * Returns the kind of shell that terminals use where the extension runs, according to the default profile. On systems other
 * than Windows, everything but PowerShell counts as POSIX.
 * @param path of the shell, as reported by VS Code; empty if unknown
 */
export function shellOf(path: string, platform: NodeJS.Platform): Shell {
  const program = /[^\\/]*$/.exec(path.toLowerCase())?.[0] ?? '';
  if (platform !== 'win32') return program === 'pwsh' ? 'pwsh' : 'posix';
  if (/^cmd(?:\.exe)?$/.test(program)) return 'cmd';
  return /^(?:(?:ba|z|da|k|c|fi)?sh|wsl|git-cmd|ubuntu.*)(?:\.exe)?$/.test(program) ? 'posix' : 'powershell';
}
