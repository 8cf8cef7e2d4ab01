import { RESERVED_PATHS } from '../script/directive';
import type { ServedScript } from '../server/script/servedScript';
import { filePath } from './filePath';
import type { FolderProblem } from './folderProblem';

/** Gives each script its path: the one that it names, or that of its file. Those that can't be told apart have a problem. */
export function onPaths(scripts: readonly Omit<ServedScript, 'path'>[]): {
  scripts: ServedScript[];
  problems: FolderProblem[];
} {
  const served: ServedScript[] = [];
  const problems: FolderProblem[] = [];
  /** Names of the files that answer all requests of a method on a path. */
  const taken = new Map<string, string>();
  for (const one of scripts) {
    const { name, script } = one;
    const path = script.reply.path ?? filePath(name);
    const { resumesByGet, when } = script.reply;
    const methods = resumesByGet ? ['POST', 'GET'] : [script.method];
    // A file with a condition leaves all other requests to others.
    const keys = when.length > 0 ? [] : methods.map((method) => `${method} ${path}`);
    const other = keys.flatMap((key) => taken.get(key) ?? [])[0];
    if (RESERVED_PATHS.includes(path)) {
      problems.push({ file: name, code: 'ownPath', path });
    } else if (other !== undefined) {
      problems.push({ file: name, code: 'samePath', other, path });
    } else {
      for (const key of keys) taken.set(key, name);
      served.push({ ...one, path });
    }
  }
  return { scripts: served, problems };
}
