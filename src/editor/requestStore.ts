import type { Memento, SecretStorage } from 'vscode';
import type { RequestForm } from '../messages/inspector';

const KEY = 'sseCounter.recentRequests';
const MAX_RECENT = 20;

/** A request that was made, with masks for its secrets. */
export interface RecentRequest {
  id: string;
  form: RequestForm;
}

/** The requests made last, the latest first. Their secrets are in VS Code's SecretStorage, and nowhere else. */
export class RequestStore {
  readonly #memory: Memento;
  readonly #secrets: SecretStorage;

  constructor(memory: Memento, secrets: SecretStorage) {
    this.#memory = memory;
    this.#secrets = secrets;
  }

  get recent(): RecentRequest[] {
    return this.#memory.get<RecentRequest[]>(KEY, []);
  }

  /** What the masks of the request stand for; none where it is forgotten. */
  async secrets(id: string): Promise<string[]> {
    const stored = await this.#secrets.get(secretKey(id));
    return stored === undefined ? [] : JSON.parse(stored);
  }

  /** Keeps what the masks of the request stand for. */
  async keepSecrets(id: string, secrets: string[]): Promise<void> {
    if (secrets.length > 0) await this.#secrets.store(secretKey(id), JSON.stringify(secrets));
  }

  /** Puts the request first, in the place of its like; the oldest beyond twenty are forgotten. */
  async remember(request: RecentRequest, secrets: string[]): Promise<void> {
    await this.keepSecrets(request.id, secrets);
    const like = JSON.stringify(request.form);
    const others = this.recent.filter(({ id, form }) => id !== request.id && JSON.stringify(form) !== like);
    await this.#memory.update(KEY, [request, ...others].slice(0, MAX_RECENT));
    for (const { id } of others.slice(MAX_RECENT - 1)) await this.#secrets.delete(secretKey(id));
  }
}

function secretKey(id: string): string {
  return `sseCounter.request.${id}`;
}
