import type { Dir, Dirent } from 'node:fs';
import { opendir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { codeOf } from '../client/files/regularFile';
import { withCodes } from '../text/foreignText';
import { FolderError } from './folderError';
import { MAX_SEARCHED } from './folderLimits';

/** Maximum number of folders within each other. */
const MAX_DEPTH = 20;

/** A file of streams, or one beside it. */
export interface FoundFile {
  /** Name among those found, with `/` between folders: `api/orders.sse`. */
  name: string;
  /** Absolute path, without links. */
  path: string;
}

/** The files that were found, in the order of their names, and the folders in which others may come. */
export interface FoundFiles {
  files: readonly FoundFile[];
  folders: readonly string[];
  /** Whether there is too much to be looked at. */
  isCut: boolean;
}

/**
 * Finds the `.sse` and `.json` files in a folder and those within it; without dot folders, `node_modules`, and what links
 * lead to outside of it.
 * @throws the system's error if the folder can't be read
 */
export async function findIn(folder: string): Promise<FoundFiles> {
  const root = await realpath(folder);
  const search = new Search(root);
  await search.add(await opened(root), '', 0);
  await search.followLinks();
  const { files, folders, isCut } = search.found;
  // The path that was given may be a link, and lead to another folder later.
  return { files, folders: [...new Set([folder, ...folders])], isCut };
}

/**
 * Finds files that are given by their absolute paths: each has the name that it has in its folder.
 * @throws {FolderError} if one isn't a `.sse` or `.json` file, or two have the same name
 */
export async function findGiven(paths: readonly string[]): Promise<FoundFiles> {
  const other = paths.find((path) => !/\.(?:sse|json)$/i.test(path));
  if (other !== undefined)
    throw new FolderError(`${withCodes(basename(other))} is no .sse file. A folder is served alone.`);
  const all = new Set(paths);
  for (const path of paths) {
    const json = path.replace(/\.sse$/i, '.json');
    if (!all.has(json) && (await isThere(json))) all.add(json);
  }
  const files = [...all].map((path) => ({ name: basename(path), path }));
  files.sort((a, b) => (a.name < b.name ? -1 : 1));
  const twice = files.find(({ name }, at) => files[at + 1]?.name === name);
  if (twice)
    throw new FolderError(
      `Two files are named ${withCodes(twice.name)}, and the name is the path. Serve their folder instead.`,
    );
  return { files, folders: [...new Set(paths.map((path) => dirname(path)))], isCut: false };
}

/** Opens a folder to be read bit by bit: to make a list of 300,000 entries takes 0.2 s at one go. */
function opened(path: string): Promise<Dir> {
  return opendir(path, { bufferSize: 256 });
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** A search through a folder. */
class Search {
  readonly #root: string;
  readonly #files: FoundFile[] = [];
  /** Absolute paths without links: a link may lead back. */
  readonly #folders = new Set<string>();
  /** Links, which are followed at last: what they lead to is known by its own name first. */
  readonly #links: { name: string; path: string; depth: number }[] = [];
  #count = 0;

  constructor(root: string) {
    this.#root = root;
  }

  get found(): FoundFiles {
    const files = this.#files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return { files, folders: [...this.#folders], isCut: this.#isFull };
  }

  get #isFull(): boolean {
    return this.#count > MAX_SEARCHED;
  }

  /** @param folder is closed @param prefix of the names in it @throws the system's error */
  async add(folder: Dir, prefix: string, depth: number): Promise<void> {
    const { path } = folder;
    this.#folders.add(path);
    for await (const entry of folder) {
      this.#count += 1;
      if (this.#isFull) return;
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      await this.#addEntry(entry, join(path, entry.name), prefix, depth);
    }
  }

  async #addEntry(entry: Dirent, path: string, prefix: string, depth: number): Promise<void> {
    const name = prefix + entry.name;
    if (entry.isDirectory()) await this.#addFolder(path, name, depth);
    else if (entry.isSymbolicLink()) this.#links.push({ name, path, depth });
    else this.#addFile(path, name);
  }

  /** Adds what the links lead to that were found, and those behind them. */
  async followLinks(): Promise<void> {
    while (this.#links.length > 0)
      // By which of two the streams of one folder are named doesn't depend on the file system.
      for (const link of this.#links.splice(0).sort((a, b) => (a.name < b.name ? -1 : 1))) {
        if (this.#isFull) return;
        const real = await this.#within(link.path);
        if (real?.isFolder) await this.#addFolder(real.path, link.name, link.depth);
        else if (real) this.#addFile(real.path, link.name);
      }
  }

  #addFile(path: string, name: string): void {
    if (/\.(?:sse|json)$/i.test(name)) this.#files.push({ name, path });
  }

  async #addFolder(path: string, name: string, depth: number): Promise<void> {
    if (depth >= MAX_DEPTH || this.#folders.has(path)) return;
    try {
      await this.add(await opened(path), `${name}/`, depth + 1);
    } catch (error) {
      // It may have gone, or be closed to us: then it has no streams. Without a free descriptor, nobody knows.
      const code = codeOf(error);
      if (code === undefined || code === 'EMFILE' || code === 'ENFILE') throw error;
    }
  }

  /** Follows a link; undefined if it leads out of the folder, or nowhere. */
  async #within(link: string): Promise<{ path: string; isFolder: boolean } | undefined> {
    try {
      const path = await realpath(link);
      if (!path.startsWith(this.#root.endsWith(sep) ? this.#root : this.#root + sep)) return undefined;
      return { path, isFolder: (await stat(path)).isDirectory() };
    } catch {
      // A link to nothing, or in a circle, is no file.
      return undefined;
    }
  }
}
