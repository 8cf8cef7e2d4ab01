import { problemText } from '../script/problemText';
import type { Problem } from '../script/script';
import { withCodes } from '../text/foreignText';
import type { Translate } from '../text/translate';
import { MAX_FILES, MAX_JSON, MAX_MEMORY, MAX_SEARCHED, MAX_SIZE } from './folderLimits';

/** Reason why a file of a folder isn't served, or not as last saved. */
export type FolderProblem = { /** Name of the file. */ file: string } & (
  | {
      code: 'script' /** The first error in it. */;
      problem: Problem /** All errors in it. */;
      problems: readonly Problem[];
    }
  /** Another file is on the same path, and has the same method. */
  | { code: 'samePath'; other: string; path: string }
  /** The path is one of the server's own. */
  | { code: 'ownPath'; path: string }
  | { code: 'badJson'; reason: string }
  | { code: 'unreadable'; reason: string }
  /** `cut`: the folder has too much to be searched. */
  | { code: 'tooMany' | 'tooLarge' | 'largeJson' | 'tooHeavy' | 'notRegular' | 'cut' }
);

/**
 * Returns a sentence that says why a file isn't served, and what to do. It begins with the file's name, and line and column.
 * @param shown returns a name or a path as it is to be in the sentence. Default: whole, with codes for what would deceive
 */
export function folderProblemText(t: Translate, problem: FolderProblem, shown = withCodes): string {
  const file = shown(problem.file);
  switch (problem.code) {
    case 'script': {
      const { line, column } = problem.problem;
      return `${file}:${line + 1}:${column + 1}: ${withCodes(problemText(t, problem.problem))}`;
    }
    case 'samePath':
      return t(
        '{0} and {1} are both on {2}. Give one of them a condition, as “:@ when request 2”, or another path.',
        shown(problem.other),
        file,
        shown(problem.path),
      );
    case 'ownPath':
      return t(
        '{0}: {1} is one of the server’s own paths. Rename the file, or name another by “:@ path”.',
        file,
        shown(problem.path),
      );
    case 'badJson':
      return t('{0} is no JSON: {1}', file, withCodes(problem.reason));
    case 'largeJson':
      return t('{0} isn’t served: JSON beside a file may have {1} MB. Shorten it.', file, MAX_JSON / 2 ** 20);
    case 'tooHeavy':
      return t(
        '{0} isn’t served: its events and those of the files before it take more than {1} MB of memory. Serve one of the folder’s folders.',
        file,
        MAX_MEMORY / 2 ** 20,
      );
    case 'unreadable':
      return t('{0} can’t be read: {1}', file, withCodes(problem.reason));
    case 'notRegular':
      return t('{0} is no regular file.', file);
    case 'cut':
      return t(
        'The folder has more than {0} files and folders, and not all were searched. Serve one of its folders.',
        MAX_SEARCHED,
      );
    case 'tooMany':
      return t('{0} isn’t served: a folder may have {1} files. Serve one of its folders.', file, MAX_FILES);
    case 'tooLarge':
      return t(
        '{0} isn’t served: the files of a folder may have {1} MB. Serve one of its folders.',
        file,
        MAX_SIZE / 2 ** 20,
      );
  }
}
