import { RESERVED_PATHS } from '../script/directive';
import { filePath } from './filePath';

/** Returns the path of a file that is served alone, beside `/event`; undefined if that is one of the server's own. */
export function ownPath(name: string): string | undefined {
  const path = filePath(name);
  return RESERVED_PATHS.includes(path) ? undefined : path;
}
