import { array, is, string } from 'valibot';
import type { Memento, SecretStorage } from 'vscode';

const KEY = 'sseCounter.secretEntries';
/** Prefix of the entries' names; older versions, which stored no list of them, used `OLD_PREFIX`. */
const PREFIX = 'sseCounter.secrets.';
const OLD_PREFIX = 'sseCounter.request.';

const Ids = array(string());

/** VS Code 1.100 can't list its entries, later versions can. */
type Storage = Pick<SecretStorage, 'get' | 'store' | 'delete'> & { keys?(): Thenable<string[]> };

/**
 * Entries in VS Code's SecretStorage, one per request. The storage is shared by all profiles, but each has its own requests.
 * So an entry is deleted only if this profile or, as its name shows, an older version has created it.
 */
export class SecretEntries {
  readonly #memory: Memento;
  readonly #storage: Storage;

  constructor(memory: Memento, storage: Storage) {
    [this.#memory, this.#storage] = [memory, storage];
  }

  async get(id: string): Promise<string | undefined> {
    const [now, old] = await Promise.all([this.#storage.get(PREFIX + id), this.#storage.get(OLD_PREFIX + id)]);
    return now ?? old;
  }

  async store(id: string, text: string): Promise<void> {
    // Listed first, since an entry that is in no list would never be deleted.
    const ids = this.#ids;
    if (!ids.includes(id)) await this.#memory.update(KEY, [...ids, id]);
    await this.#storage.store(PREFIX + id, text);
    await this.#storage.delete(OLD_PREFIX + id);
  }

  async delete(id: string): Promise<void> {
    await this.#storage.delete(PREFIX + id);
    await this.#storage.delete(OLD_PREFIX + id);
    const ids = this.#ids;
    if (ids.includes(id))
      await this.#memory.update(
        KEY,
        ids.filter((other) => other !== id),
      );
  }

  /** Deletes the entries of requests that are no longer referenced. */
  async deleteUnnamed(isNamed: (id: string) => boolean): Promise<void> {
    for (const id of this.#ids) if (!isNamed(id)) await this.delete(id);
    for (const key of (await this.#storage.keys?.()) ?? []) {
      const id = key.startsWith(OLD_PREFIX) ? key.slice(OLD_PREFIX.length) : undefined;
      if (id === undefined) continue;
      const text = isNamed(id) ? await this.get(id) : undefined;
      if (text === undefined) await this.#storage.delete(key);
      // Renamed, because another profile would delete an entry with the old prefix as unreferenced.
      else await this.store(id, text);
    }
  }

  get #ids(): string[] {
    const stored = this.#memory.get<unknown>(KEY, []);
    return is(Ids, stored) ? stored : [];
  }
}
