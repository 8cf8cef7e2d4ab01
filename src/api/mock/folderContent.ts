import { FolderError } from '../../folder/folderError';
import { type FolderProblem, folderProblemText } from '../../folder/folderProblem';
import { FolderWatch } from '../../folder/folderWatch';
import { findGiven, findIn } from '../../folder/foundFiles';
import { type FolderReading, StreamFolder } from '../../folder/streamFolder';
import type { Problem } from '../../script/script';
import { ScriptSource } from '../../server/script/scriptSource';
import type { ScriptSourceOptions } from '../../server/script/scriptSourceOptions';
import { withCodes } from '../../text/foreignText';
import { reasonOf } from '../../text/reason';
import { inEnglish } from '../../text/translate';
import { LatestTask } from '../../turns/latestTask';
import type { Turns } from '../../turns/turns';
import type { ContentWatch, MockContent } from './mockContent';
import { ScriptError } from './scriptError';
import { described } from './scriptFile';

/** Maximum number of problems that are told at a time. */
const MAX_TOLD = 10;
/** Maximum number of errors that an error has, as those of one file: a million of them took seconds to put into words. */
const MAX_ERRORS = 1000;

/** Files that are served together, each on its path. */
export class FolderContent implements MockContent {
  readonly #folder: StreamFolder;
  #last: FolderReading;

  /** @param reading the first of its files */
  private constructor(folder: StreamFolder, reading: FolderReading) {
    [this.#folder, this.#last] = [folder, reading];
  }

  /**
   * Reads files that are given by absolute paths, or those of a folder.
   * @param isWatched whether there may be none yet
   * @throws {ScriptError} if there is none, or one of them can't be served
   */
  static async read(given: string | readonly string[], turns: Turns, isWatched: boolean): Promise<FolderContent> {
    const folder = new StreamFolder(() => (typeof given === 'string' ? findIn(given) : findGiven(given)), turns);
    const reading = await folder.read().catch((error: unknown) => {
      if (error instanceof FolderError) throw new ScriptError(error.message);
      throw new ScriptError(`${withCodes(String(given))} can’t be read: ${withCodes(reasonOf(error))}`);
    });
    if (reading.problems.length > 0)
      throw new ScriptError(told(reading.problems) ?? '', errorsIn(reading.problems).map(described));
    if (reading.scripts.length === 0 && !isWatched)
      throw new ScriptError(`There is no .sse file in ${withCodes(String(given))}. To serve those to come, watch it.`);
    return new FolderContent(folder, reading);
  }

  newSource(options: ScriptSourceOptions): ScriptSource {
    const source = new ScriptSource(undefined, options);
    source.serve(this.#last.scripts);
    return source;
  }

  watch(source: ScriptSource, onRead: (problem: string | undefined) => void): ContentWatch {
    const reading = new LatestTask();
    let isClosed = false;
    let said: string | undefined;
    const say = (problem: string | undefined, isChanged: boolean) => {
      if (!isClosed && (isChanged || problem !== said)) onRead(problem);
      said = problem;
    };
    const read = async () => {
      if (isClosed) return;
      try {
        const [before, now] = [this.#last, await this.#folder.read()];
        if (isClosed) return;
        watch.follow(now.folders);
        this.#last = now;
        if (now !== before) source.serve(now.scripts);
        say(told(now.problems), now !== before);
      } catch (error) {
        // A folder that has gone may come again.
        watch.follow(this.#last.folders);
        say(`The folder can’t be read: ${withCodes(reasonOf(error))}`, false);
      }
    };
    const watch = new FolderWatch({
      onChange: () => {
        // After the reading in progress, so that the last reading sees the last save; once for all saves meanwhile.
        void reading.run(read);
      },
      onError: (reason) => onRead(`A folder can’t be watched: ${withCodes(reason)}`),
    });
    watch.follow(this.#last.folders);
    return {
      close: () => {
        isClosed = true;
        watch.close();
      },
    };
  }
}

function told(problems: readonly FolderProblem[]): string | undefined {
  if (problems.length === 0) return undefined;
  const lines = problems.slice(0, MAX_TOLD).map((problem) => folderProblemText(inEnglish, problem));
  return [...lines, ...(problems.length > MAX_TOLD ? [`… and ${problems.length - MAX_TOLD} more.`] : [])].join('\n');
}

/** Returns the first errors in the files. */
function errorsIn(problems: readonly FolderProblem[]): Problem[] {
  const errors: Problem[] = [];
  for (const one of problems)
    if (one.code === 'script') errors.push(...one.problems.slice(0, MAX_ERRORS - errors.length));
  return errors;
}
