import { stat } from 'node:fs/promises';
import { EventEmitter, l10n, Range, Uri, workspace } from 'vscode';
import { type FolderProblem, folderProblemText } from '../../../folder/folderProblem';
import { FolderWatch } from '../../../folder/folderWatch';
import { type FoundFiles, findIn } from '../../../folder/foundFiles';
import { type FolderReading, StreamFolder } from '../../../folder/streamFolder';
import type { FileState, FolderState } from '../../../messages/mock';
import { ScriptSource } from '../../../server/script/scriptSource';
import type { ScriptSourceOptions } from '../../../server/script/scriptSourceOptions';
import { withCodes } from '../../../text/foreignText';
import { shorten } from '../../../text/textCost';
import type { Turns } from '../../../turns/turns';
import { answered, NoAnswerError } from '../../shared/file/answered';
import { StreamAddress } from '../../shared/server/streamAddress';
import { type FileProblem, shownName, unreadable } from './fileProblem';
import type { ServedContent } from './servedContent';

/** Maximum number of streams, and of problems, that are shown. */
const MAX_SHOWN = 200;
const MAX_PROBLEMS = 20;
/** Maximum cost of each of the three names that a problem's sentence may have: of 1,500, the page's maximum, they leave the sentence enough. */
const NAME_COST = 300;

/** A served folder: each of its files is on its path. */
export class ServedFolder implements ServedContent {
  readonly uri: Uri;
  readonly isFolder = true;
  readonly #onRead = new EventEmitter<void>();
  readonly #folder: StreamFolder;
  readonly #watch: FolderWatch;
  #reading: Promise<void> = Promise.resolve();
  /** Reading that was asked for, and hasn't begun; undefined if there is none. */
  #next: Promise<void> | undefined;
  #read: FolderReading | undefined;
  #loaded: FolderReading | undefined;
  #problem: FileProblem | undefined;
  /** Problem of the watch as told last. */
  #unwatched: string | undefined;
  #isDisposed = false;

  readonly onRead = this.#onRead.event;

  /** @param uri of a folder on the disk @param turns turn scheduler shared by all work in this window */
  constructor(uri: Uri, turns: Turns) {
    this.uri = uri;
    this.#folder = new StreamFolder(() => this.#find(), turns);
    this.#watch = new FolderWatch({
      onChange: () => void this.read(),
      onError: () => this.#tell(),
      onFollowed: () => {
        if (this.#watch.problem !== this.#unwatched) this.#tell();
      },
    });
  }

  get name(): string {
    return shownName(this.uri.path.replace(/\/$/, '').split('/').at(-1) ?? '');
  }

  get isReady(): boolean {
    return this.#read !== undefined;
  }

  get problem(): FileProblem | undefined {
    return this.#problem;
  }

  /** The files that can't be played as last saved, and why. */
  get problems(): readonly FolderProblem[] {
    return this.#read?.problems ?? [];
  }

  read(): Promise<void> {
    // In sequence, so that the last reading sees the last save; one that hasn't begun sees all.
    this.#next ??= this.#reading.then(() => {
      this.#next = undefined;
      return this.#readNow();
    });
    this.#reading = this.#next;
    return this.#reading;
  }

  newSource(options: ScriptSourceOptions): ScriptSource {
    const source = new ScriptSource(undefined, options);
    this.#loaded = undefined;
    this.load(source);
    return source;
  }

  load(source: ScriptSource): boolean {
    if (!this.#read || this.#read === this.#loaded) return false;
    const isFirst = this.#loaded === undefined;
    this.#loaded = this.#read;
    source.serve(this.#read.scripts);
    return !isFirst;
  }

  addressOn(root: string): StreamAddress {
    return new StreamAddress(root, 'GET', '/');
  }

  state(note?: string): FileState {
    const { problem } = this.#watch;
    const unwatched = problem && l10n.t('Not all of it is watched: {0}', problem);
    return { name: this.name, problem: this.#problem?.text, folder: this.#folderState(), note: note ?? unwatched };
  }

  /** Returns the URI of one of its files, and the place of the first error in it; undefined if there is no such file. */
  fileOf(name: string): { uri: Uri; range: Range | undefined } | undefined {
    const { scripts = [], problems = [] } = this.#read ?? {};
    const problem = problems.find(({ file }) => file === name);
    // That is a problem of the folder.
    if (problem?.code === 'cut') return undefined;
    if (!problem && !scripts.some((script) => script.name === name)) return undefined;
    const uri = Uri.joinPath(this.uri, ...name.split('/'));
    if (problem?.code !== 'script') return { uri, range: undefined };
    const { line, column, endColumn } = problem.problem;
    return { uri, range: new Range(line, column, line, endColumn) };
  }

  /** Returns the address of one of its streams. @param name of the file */
  streamAddress(root: string, name: string): StreamAddress | undefined {
    const served = this.#read?.scripts.find((script) => script.name === name);
    return served && new StreamAddress(root, served.script.method, served.path);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#watch.close();
    this.#onRead.dispose();
  }

  async #readNow(): Promise<void> {
    if (this.#isDisposed) return;
    try {
      const read = await this.#folder.read();
      if (this.#isDisposed) return;
      const isChanged = read !== this.#read || this.#problem !== undefined;
      [this.#read, this.#problem] = [read, undefined];
      this.#watch.follow(read.folders);
      if (!isChanged) return;
    } catch (error) {
      // A folder that has gone may come again. To watch one that doesn't answer would hang the extension host.
      if (error instanceof NoAnswerError) void answerOf(this.uri.fsPath).then(() => this.read());
      else this.#watch.follow(this.#read?.folders ?? [this.uri.fsPath]);
      this.#problem = unreadable(this.name, error);
    }
    if (!this.#isDisposed) this.#tell();
  }

  /** Finds its files, if its file system answers. */
  async #find(): Promise<FoundFiles> {
    const { fsPath } = this.uri;
    await answered(answerOf(fsPath));
    return findIn(fsPath);
  }

  #tell(): void {
    this.#unwatched = this.#watch.problem;
    this.#onRead.fire();
  }

  #folderState(): FolderState {
    const { scripts = [] } = this.#read ?? {};
    const hasHeaders = scripts.some(({ script }) => script.reply.headers.length > 0);
    return {
      count: scripts.length,
      streams: scripts.slice(0, MAX_SHOWN).map(({ name, path, script: { method, events } }) => {
        return { file: name, path, method, events };
      }),
      problems: this.problems.slice(0, MAX_PROBLEMS).map((problem) => {
        return { file: problem.file, text: folderProblemText(l10n.t, problem, shortName) };
      }),
      leavesHeadersOut: hasHeaders && !workspace.isTrusted,
    };
  }
}

/** Questions to file systems that have no answer yet, by their paths. */
const asked = new Map<string, Promise<void>>();

/**
 * Resolves when a path's file system has answered, in any way. It is asked once until then, by all who serve that folder: each
 * question without an answer keeps one of the process's few threads.
 */
function answerOf(path: string): Promise<void> {
  const answer =
    asked.get(path) ??
    stat(path).then(
      () => void asked.delete(path),
      () => void asked.delete(path),
    );
  asked.set(path, answer);
  return answer;
}

/** Returns the beginning of a name, if it is long: the page cuts a long sentence at its end, where the reason and the advice are. */
function shortName(name: string): string {
  return shorten(withCodes(name), NAME_COST);
}
