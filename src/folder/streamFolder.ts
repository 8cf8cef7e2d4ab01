import { stat } from 'node:fs/promises';
import { parseInTurns } from '../client/files/parseInTurns';
import { readRegularFile } from '../client/files/readRegularFile';
import type { Script } from '../script/script';
import type { ServedScript } from '../server/script/servedScript';
import { reasonOf } from '../text/reason';
import type { Turns } from '../turns/turns';
import { MAX_FILES, MAX_JSON, MAX_SIZE } from './folderLimits';
import type { FolderProblem } from './folderProblem';
import { FOLDER_LIMITS, type FolderLimits, FolderRoom, memoryOf } from './folderRoom';
import type { FoundFile, FoundFiles } from './foundFiles';
import { readJson } from './jsonFile';
import { onPaths } from './onPaths';

/** The scripts of a folder that can be served, and the problems of the others. */
export interface FolderReading {
  scripts: readonly ServedScript[];
  problems: readonly FolderProblem[];
  /** Folders in which others may come. */
  folders: readonly string[];
}

/** The content of a file, as far as it can be served. */
interface ReadFile {
  /** Changes with the file. */
  stamp: string;
  /** As last read without an error; undefined if it never was, or is no script. */
  script?: Script | undefined;
  json?: Uint8Array | undefined;
  problem?: FolderProblem | undefined;
  /** Memory that its script would take, in bytes; undefined if there was room for it, or it was not read. */
  heavy?: number | undefined;
}

/** A folder of `.sse` files, or several of them: read again when it has changed, but for the files that haven't. */
export class StreamFolder {
  readonly #find: () => Promise<FoundFiles>;
  readonly #turns: Turns;
  readonly #limits: FolderLimits;
  #read = new Map<string, ReadFile>();
  #last: FolderReading | undefined;

  /** @param find finds the files, in the order of their names @param limits of all files together */
  constructor(find: () => Promise<FoundFiles>, turns: Turns, limits = FOLDER_LIMITS) {
    [this.#find, this.#turns, this.#limits] = [find, turns, limits];
  }

  /** Reads what has changed; resolves with the same reading if nothing has. To be called again only when it has finished. @throws the system's error if the folder can't be read */
  async read(): Promise<FolderReading> {
    const { files, folders, isCut } = await this.#find();
    const problems: FolderProblem[] = [];
    const names = new Set(files.map(({ name }) => name));
    // Another JSON file isn't ours.
    const ours = files.filter(({ name }) => isScript(name) || names.has(name.replace(/\.json$/i, '.sse')));
    const tooMany = ours[MAX_FILES];
    if (tooMany) problems.push({ file: tooMany.name, code: 'tooMany' });
    if (isCut) problems.push({ file: '/', code: 'cut' });
    const read = await this.#readAll(ours.slice(0, MAX_FILES));
    for (const { problem } of read.values()) if (problem) problems.push(problem);
    this.#read = read;
    const scripts = [...read].flatMap(([name, { script }]) =>
      script ? [{ name, script, json: read.get(name.replace(/\.sse$/i, '.json'))?.json }] : [],
    );
    const served = onPaths(scripts);
    const reading = { scripts: served.scripts, problems: [...problems, ...served.problems], folders };
    if (!this.#last || !isSame(this.#last, reading)) this.#last = reading;
    return this.#last;
  }

  async #readAll(files: readonly FoundFile[]): Promise<Map<string, ReadFile>> {
    const read = new Map<string, ReadFile>();
    const room = new FolderRoom(this.#limits);
    for (const file of files) read.set(file.name, await this.#readIn(room, file));
    return read;
  }

  /** Reads a file if it has changed and there is room for it. */
  async #readIn(room: FolderRoom, file: FoundFile): Promise<ReadFile> {
    const { name, path } = file;
    const before = this.#read.get(name);
    try {
      // Before the file is read: if it changes meanwhile, it is read again.
      const { mtimeNs, ctimeNs, size, ino } = await stat(path, { bigint: true });
      // The time of the last write alone may be set by who wrote it, as by tar, rsync and reproducible builds.
      const stamp = `${mtimeNs} ${ctimeNs} ${size} ${ino}`;
      if (!isScript(name) && size > MAX_JSON) return { stamp, problem: { file: name, code: 'largeJson' } };
      if (!room.hasSize(Number(size))) return kept(room, before, { file: name, code: 'tooLarge' });
      const isKnown = before?.stamp === stamp && !room.hasMemory(before.heavy ?? Number.POSITIVE_INFINITY);
      const now = isKnown ? before : { ...(await this.#readFile(file, before)), stamp };
      const isServed = now.heavy === undefined && room.takeMemory(now);
      room.takeSize(Number(size), isServed);
      if (isServed) return now;
      return { stamp, heavy: now.heavy ?? memoryOf(now), problem: { file: name, code: 'tooHeavy' } };
    } catch (error) {
      return kept(room, before, { file: name, code: 'unreadable', reason: reasonOf(error) });
    }
  }

  /** Reads a file; if it has an error, what was read before stays. */
  async #readFile({ name, path }: FoundFile, before: ReadFile | undefined): Promise<Omit<ReadFile, 'stamp'>> {
    const isJson = !isScript(name);
    const bytes = await readRegularFile(path, isJson ? MAX_JSON : MAX_SIZE);
    if (bytes === 'tooLarge') return { problem: { file: name, code: isJson ? 'largeJson' : 'tooLarge' } };
    if (typeof bytes === 'string') return { problem: { file: name, code: 'notRegular' } };
    if (isJson) return this.#readJson(name, bytes, before);
    const script = await parseInTurns(bytes, this.#turns);
    const problems = script.problems.filter(({ severity }) => severity === 'error');
    const [problem] = problems;
    return problem
      ? { script: before?.script, problem: { file: name, code: 'script', problem, problems } }
      : { script };
  }

  async #readJson(file: string, bytes: Uint8Array, before: ReadFile | undefined): Promise<Omit<ReadFile, 'stamp'>> {
    // A thousand small files, too, are read one after the other without anything else between them.
    if (this.#turns.isOver) await this.#turns.next();
    const json = readJson(bytes);
    return 'reason' in json
      ? { json: before?.json, problem: { file, code: 'badJson', reason: json.reason } }
      : { json };
  }
}

/** Returns what was read of a file before, with its problem now; without its content if there is no room for that any more. */
function kept(room: FolderRoom, before: ReadFile | undefined, problem: FolderProblem): ReadFile {
  const { script, json } = before ?? {};
  return room.takeMemory({ script, json }) ? { stamp: '', script, json, problem } : { stamp: '', problem };
}

/** Whether two readings have the same scripts, problems and folders. */
function isSame(one: FolderReading, other: FolderReading): boolean {
  const parts = ({ scripts, problems, folders }: FolderReading) => [
    ...scripts.flatMap(({ name, path, script, json }) => [name, path, script, json]),
    ...problems.flatMap((problem) => Object.values(problem)),
    ...folders,
  ];
  const [these, those] = [parts(one), parts(other)];
  return these.length === those.length && these.every((part, at) => part === those[at]);
}

function isScript(name: string): boolean {
  return /\.sse$/i.test(name);
}
