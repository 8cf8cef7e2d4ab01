import { array, is, number, string, tuple } from 'valibot';
import { l10n, type Memento, type SecretStorage } from 'vscode';
import { type Secret, secretsIn } from '../../../client/request/secrets/secrets';
import type { RequestForm, RequestReference } from '../../../messages/inspector';
import { requestDigest } from '../../../messages/requestDigest';
import type { Log } from '../../shared/output/log';
import { asRequest, sizeOf } from '../form/requestForm';
import { SecretEntries } from './secretEntries';
import { readSecrets, readStored } from './storedRequest';

const KEY = 'sseCounter.recentRequests';
const MAX_RECENT = 20;
/**
 * Maximum size of the recent requests together, in UTF-16 code units: VS Code copies and sends all that we store whenever any of
 * it changes, and 20 MB take it a quarter of a second at each Connect.
 */
const MAX_SIZE = 4 * 1024 * 1024;
const HELD_KEY = 'sseCounter.heldRequests';
/**
 * Time for which a panel that was not closed keeps its secrets, in milliseconds. After a reload, a hidden panel is only
 * restored when it is shown, and the panels of another window aren't known here: both may take weeks.
 */
const HELD_FOR = 30 * 86_400_000;
/** Maximum number of such panels. */
const MAX_REMEMBERED = 200;
/** Maximum number of stored secrets per request: its list of tokens may have thousands. */
export const MAX_SECRETS = 100;
/** Maximum length of a secret, in characters: the systems' keyrings are made for passwords. */
const MAX_SECRET = 64 * 1024;

const Held = array(tuple([string(), number()]));

/** A request that was made, with masks for its secrets. */
export interface RecentRequest {
  id: string;
  form: RequestForm;
}

/**
 * The most recent requests, latest first. Their secrets are stored in VS Code's SecretStorage only, and deleted when neither
 * the list nor an open panel references the request any more.
 */
export class RequestStore {
  readonly #memory: Memento;
  readonly #entries: SecretEntries;
  readonly #log: Log | undefined;
  readonly #open = new Set<string>();
  /** Ids of requests that are about to be added to the list. */
  readonly #coming = new Set<string>();

  /** @param log for entries that can't be read */
  constructor(memory: Memento, secrets: SecretStorage, log?: Log) {
    this.#memory = memory;
    this.#entries = new SecretEntries(memory, secrets);
    this.#log = log;
  }

  get recent(): RecentRequest[] {
    const stored = this.#memory.get<unknown>(KEY, []);
    const all: unknown[] = Array.isArray(stored) ? stored : [stored];
    const requests = all.flatMap((one) => readStored(one) ?? []);
    if (requests.length < all.length) this.#log?.warn(l10n.t('Some recent requests can’t be read and are left out.'));
    // A Last-Event-ID belongs to the stream that was read then.
    return requests.slice(0, MAX_RECENT).map(({ id, form }) => ({ id, form: { ...form, lastEventId: '' } }));
  }

  /** Returns the request with the referenced form, whichever panel made it, under the id of the reference. */
  find({ id, digest, lastEventId }: RequestReference): RecentRequest | undefined {
    const found = this.recent.find(({ form }) => requestDigest(form) === digest);
    return found && { id, form: { ...found.form, lastEventId } };
  }

  /** Resolves with the secrets behind the masks of the request; empty if it was forgotten. */
  async secrets(id: string): Promise<Secret[]> {
    const stored = await this.#entries.get(id);
    if (stored === undefined) return [];
    const secrets = readSecrets(stored, this.recent.find((request) => request.id === id)?.form.url);
    if (!secrets) this.#log?.warn(l10n.t('The secrets of a request can’t be read and are left out.'));
    return secrets ?? [];
  }

  /**
   * Stores the secrets of the panel's request in place of the earlier ones. Secrets that the list needs are kept, because
   * its version of the request may differ. Does nothing once the panel is closed.
   */
  async keepSecrets(id: string, secrets: readonly Secret[]): Promise<void> {
    const listed = await this.#listed(id);
    const numbers = new Set(secrets.map(({ number }) => number));
    const others = listed.filter(({ number }) => !numbers.has(number));
    await this.#keep(id, [...secrets, ...others]);
  }

  async #keep(id: string, secrets: readonly Secret[]): Promise<void> {
    if (!this.#isNamed(id)) return;
    const kept = secrets.filter(({ value }) => value.length <= MAX_SECRET).slice(0, MAX_SECRETS);
    if (kept.length < secrets.length)
      this.#log?.warn(l10n.t('Some secrets were not stored: there are too many, or they are too large.'));
    if (kept.length > 0) await this.#entries.store(id, JSON.stringify(kept));
    else await this.#entries.delete(id);
    // The panel may have been closed while the secrets were being stored.
    await this.#forgetUnnamed(id);
  }

  /** Puts the request first in the list, replacing an equal one. Secrets of requests that leave the list are deleted. */
  async remember(request: RecentRequest, secrets: readonly Secret[]): Promise<void> {
    this.#coming.add(request.id);
    let before: RecentRequest[] = [];
    try {
      await this.keepSecrets(request.id, secrets);
      const form = { ...request.form, lastEventId: '' };
      const like = likeness(form);
      before = this.recent;
      const others = before.filter((other) => other.id !== request.id && likeness(other.form) !== like);
      await this.#memory.update(KEY, fitting([{ id: request.id, form }, ...others]));
      await this.#keep(request.id, secrets);
    } finally {
      this.#coming.delete(request.id);
    }
    for (const { id } of before) await this.#forgetUnnamed(id);
  }

  /** Keeps the secrets of a request that a panel shows, until the panel is closed. */
  async hold(id: string): Promise<void> {
    this.#open.add(id);
    const held = this.#held;
    await this.#memory.update(
      HELD_KEY,
      [[id, Date.now()], ...held.filter(([other]) => other !== id)].slice(0, MAX_REMEMBERED),
    );
    for (const [other] of held) await this.#forgetUnnamed(other);
  }

  /** Deletes the secrets of a request whose panel is closed, unless it is among the recent ones. */
  async release(id: string): Promise<void> {
    this.#open.delete(id);
    await this.#memory.update(
      HELD_KEY,
      this.#held.filter(([other]) => other !== id),
    );
    await this.#forgetUnnamed(id);
    // Secrets that were entered but not sent are deleted with the panel.
    const listed = await this.#listed(id);
    if (listed.length > 0) await this.#keep(id, listed);
  }

  /** Deletes secrets of unreferenced requests, which a crash or an older version may have left. */
  forgetLeftOver(): Promise<void> {
    return this.#entries.deleteUnnamed((id) => this.#isNamed(id));
  }

  /** Resolves with the secrets of the request as it is in the list. */
  async #listed(id: string): Promise<Secret[]> {
    const form = this.recent.find((request) => request.id === id)?.form;
    return form ? secretsIn(asRequest(form), await this.secrets(id)) : [];
  }

  /** Requests that panels show, or showed when the window was closed, and since when. */
  get #held(): [id: string, since: number][] {
    const stored = this.#memory.get<unknown>(HELD_KEY);
    return is(Held, stored) ? stored : [];
  }

  async #forgetUnnamed(id: string): Promise<void> {
    if (!this.#isNamed(id)) await this.#entries.delete(id);
  }

  #isNamed(id: string): boolean {
    return (
      this.#open.has(id) ||
      this.#coming.has(id) ||
      this.#held.some(([held, since]) => held === id && since > Date.now() - HELD_FOR) ||
      this.recent.some((request) => request.id === id)
    );
  }
}

/** Returns the latest requests, as many as fit into the maximum number and size. */
function fitting(requests: readonly RecentRequest[]): RecentRequest[] {
  let room = MAX_SIZE;
  const end = requests.findIndex(({ form }) => {
    room -= sizeOf(form);
    return room < 0;
  });
  return requests.slice(0, end < 0 ? MAX_RECENT : Math.min(end, MAX_RECENT));
}

/** Returns the form for comparison: in other requests, the same secrets may have other numbers. */
function likeness(form: RequestForm): string {
  return JSON.stringify(form).replace(/•••\d+/g, '•••');
}
