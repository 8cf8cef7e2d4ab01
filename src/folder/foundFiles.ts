import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';

/** Maximum number of files and folders that are looked at, and of folders within each other. */
const MAX_LOOKED_AT = 20_000;
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
  await search.add(root, '', await readdir(root, { withFileTypes: true }), 0);
  return search.found;
}

/**
 * Finds files that are given by their absolute paths: each has the name that it has in its folder.
 * @throws {Error} if two have the same name
 */
export async function findGiven(paths: readonly string[]): Promise<FoundFiles> {
  const files: FoundFile[] = [];
  for (const path of paths) {
    files.push({ name: basename(path), path });
    const json = path.replace(/\.sse$/i, '.json');
    if (json !== path && (await isThere(json))) files.push({ name: basename(json), path: json });
  }
  files.sort((a, b) => (a.name < b.name ? -1 : 1));
  const twice = files.find(({ name }, at) => files[at + 1]?.name === name);
  if (twice)
    throw new Error(`Two files are named ${twice.name}, and the name is the path. Serve their folder instead.`);
  return { files, folders: [...new Set(paths.map((path) => dirname(path)))], isCut: false };
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
  #count = 0;

  constructor(root: string) {
    this.#root = root;
  }

  get found(): FoundFiles {
    const files = this.#files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return { files, folders: [...this.#folders], isCut: this.#isFull };
  }

  get #isFull(): boolean {
    return this.#count > MAX_LOOKED_AT;
  }

  /** @param path of a folder @param prefix of the names in it */
  async add(path: string, prefix: string, entries: readonly Dirent[], depth: number): Promise<void> {
    this.#folders.add(path);
    for (const entry of entries) {
      this.#count += 1;
      if (this.#isFull) return;
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      await this.#addEntry(entry, join(path, entry.name), prefix, depth);
    }
  }

  async #addEntry(entry: Dirent, path: string, prefix: string, depth: number): Promise<void> {
    const name = prefix + entry.name;
    const isFile = /\.(?:sse|json)$/i.test(entry.name);
    // Links to other files aren't followed: there may be very many.
    if (!entry.isDirectory() && !isFile && !entry.isSymbolicLink()) return;
    const real = entry.isSymbolicLink() ? await this.#within(path) : { path, isFolder: entry.isDirectory() };
    if (!real) return;
    if (!real.isFolder) {
      if (isFile) this.#files.push({ name, path: real.path });
    } else if (depth < MAX_DEPTH && !this.#folders.has(real.path)) {
      // It may have gone, or be closed to us: then it has no streams.
      const entries = await readdir(real.path, { withFileTypes: true }).catch(() => []);
      await this.add(real.path, `${name}/`, entries, depth + 1);
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
