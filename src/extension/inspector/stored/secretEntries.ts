import { array, is, string } from 'valibot';
import type { Memento, SecretStorage } from 'vscode';

const KEY = 'sseCounter.secretEntries';
/** Before the names of entries; that of older versions, which kept no list of them. */
const PREFIX = 'sseCounter.secrets.';
const OLD_PREFIX = 'sseCounter.request.';

const Ids = array(string());

/** VS Code 1.100 can't list what it keeps, later ones can. */
type Storage = Pick<SecretStorage, 'get' | 'store' | 'delete'> & { keys?(): Thenable<string[]> };

/**
 * Entries in VS Code's SecretStorage, one a request. That is shared by all profiles, and the requests are a profile's own: so
 * an entry is deleted only where this profile has made it, or an older version has, which is known by its name.
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
    // Before it: an entry that is in no list would stay for ever.
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

  /** Deletes the entries of requests that nothing names any more. */
  async deleteUnnamed(isNamed: (id: string) => boolean): Promise<void> {
    for (const id of this.#ids) if (!isNamed(id)) await this.delete(id);
    for (const key of (await this.#storage.keys?.()) ?? []) {
      const id = key.startsWith(OLD_PREFIX) ? key.slice(OLD_PREFIX.length) : undefined;
      if (id === undefined) continue;
      const text = isNamed(id) ? await this.get(id) : undefined;
      if (text === undefined) await this.#storage.delete(key);
      // Under that name, another profile would take it for left over.
      else await this.store(id, text);
    }
  }

  get #ids(): string[] {
    const stored = this.#memory.get<unknown>(KEY, []);
    return is(Ids, stored) ? stored : [];
  }
}
