import { l10n } from 'vscode';
import { excessText } from '../../../client/excessText';
import { excessOf } from '../../../client/request/requestLimits';
import { FoundAgain, type FoundSpans } from '../../../client/request/secrets/requestTexts';
import {
  adopt,
  findLost,
  type KnownSecrets,
  mask,
  originOf,
  partsWith,
  type Secret,
  type Stray,
  secretsIn,
  strays,
  unmask,
  unmaskedLength,
} from '../../../client/request/secrets/secrets';
import type { StreamRequest } from '../../../client/request/streamRequest';
import type { RequestForm } from '../../../messages/inspector';
import { confirm } from '../../shared/output/tell';
import { placeText } from '../form/placeText';
import { asRequest, BadFormError, fromForm, MAX_REQUEST, maskForm, toForm } from '../form/requestForm';
import { MAX_SECRETS, type RequestStore } from './requestStore';

/** Maximum number of secrets that a question explains. */
const MAX_EXPLAINED = 10;

/** A request that may be sent. */
export interface ReadyRequest {
  /** Masked request, to be shown. */
  masked: StreamRequest;
  /** Request with its secrets, to be sent. */
  plain: StreamRequest;
  /** Parts of the request that contain secrets. */
  secretParts: KnownSecrets;
}

/** Secrets behind the masks of a panel's form. None is sent to another server or in another place without a question. */
export class RequestSecrets {
  readonly #store: RequestStore;
  readonly #id: string;
  #known: Secret[] | undefined;
  #loading: Promise<Secret[]> | undefined;
  #isAsking = false;
  #found: FoundSpans = new Map();
  /** Edits in progress. They are completed in order, because storing a secret takes longer than an edit without one. */
  #editing: Promise<unknown> = Promise.resolve();

  /** @param known Default: the stored ones */
  constructor(store: RequestStore, id: string, known?: Secret[]) {
    this.#store = store;
    this.#id = id;
    this.#known = known;
  }

  /**
   * Returns the form's request with its secrets filled in; undefined while the user is being asked about another one.
   * @throws {BadFormError} if a secret is no longer stored, or must not be sent there
   */
  async ready(form: RequestForm): Promise<ReadyRequest | undefined> {
    const request = fromForm(form);
    await this.#load();
    // Checked after loading, because two waiting calls would both see no question yet.
    if (this.#isAsking) return undefined;
    const found = this.#foundAgain();
    const lost = findLost(request, this.#current, found);
    if (lost !== undefined) throw new BadFormError(l10n.t('The secret {0} is no longer stored. Enter it again.', lost));
    await this.#askForAll(request, found);
    const adopted = adopt(request, this.#current, found);
    const { request: masked, secrets } = mask(adopted.request, adopted.secrets, found);
    // A single secret's mask may occur 100,000 times.
    if (unmaskedLength(masked, secrets) > MAX_REQUEST) throw new BadFormError(excessText(l10n.t, 'longRequest'));
    const plain = unmask(masked, secrets);
    const excess = excessOf(plain);
    if (excess) throw new BadFormError(excessText(l10n.t, excess));
    // The value for a part of the URL may contain more than that part, such as another host followed by a slash.
    if (originOf(plain.url) !== originOf(masked.url))
      throw new BadFormError(l10n.t('Nothing was sent: with its secrets, the URL leads elsewhere. Enter them again.'));
    this.#remember(masked, bound(masked, secrets));
    const secretParts = partsWith(masked, this.#current);
    // A file may only be sent to the host that the user was asked about.
    return { masked, plain, secretParts: masked.bodyFile === undefined ? secretParts : { ...secretParts, body: true } };
  }

  /**
   * Returns the form to be shown and stored.
   * @param done whether the user has left the edited field. A secret that is still being typed is not stored.
   */
  edited(form: RequestForm, done: boolean): Promise<RequestForm> {
    const inOrder = Promise.all([this.#edited(form, done), this.#editing]).then(([edited]) => edited);
    this.#editing = inOrder.catch(() => undefined);
    return inOrder;
  }

  /** Resolves when pending edits are done: a click on a button first ends the editing of a field. */
  async settled(): Promise<void> {
    await this.#editing;
  }

  async #edited(form: RequestForm, done: boolean): Promise<RequestForm> {
    await this.#load();
    const known = this.#current;
    const { form: masked, secrets } = maskForm(form, known, this.#foundAgain());
    if (!done) {
      const kept = withoutMasks(masked, new Set(secrets.slice(known.length).map(({ number }) => number)));
      return { ...kept, url: withoutOpenHost(kept.url) };
    }
    this.#remember(asRequest(masked), secrets);
    await this.keep(masked);
    return masked;
  }

  /** Returns the form of a pasted request, with masks, and stores its secrets. */
  async pasted(request: StreamRequest): Promise<RequestForm> {
    await this.#load();
    const { request: masked, secrets } = mask(request, this.#current, this.#foundAgain());
    this.#remember(masked, secrets);
    const form = toForm(masked, request);
    await this.keep(form);
    return form;
  }

  /** Stores the secrets behind the form's masks, and no others. */
  async keep(form: RequestForm): Promise<void> {
    await this.#store.keepSecrets(this.#id, await this.of(form));
  }

  /** Returns the secrets behind the form's masks. */
  async of(form: RequestForm): Promise<Secret[]> {
    await this.#load();
    return secretsIn(asRequest(form), this.#current);
  }

  /** Secrets known at the moment of access: after an `await`, other calls may have added some. */
  get #current(): Secret[] {
    return this.#known ?? [];
  }

  /** Returns the cached spans of the last request's texts, to which new ones are added. */
  #foundAgain(): FoundSpans {
    this.#found = new FoundAgain(new Map(this.#found));
    return this.#found;
  }

  /** Loads the stored secrets, once for all waiting calls. */
  async #load(): Promise<void> {
    if (this.#known) return;
    this.#loading ??= this.#store.secrets(this.#id).finally(() => {
      this.#loading = undefined;
    });
    const stored = await this.#loading;
    this.#known ??= stored;
  }

  /** Remembers the request's secrets and the latest others, because removed text may be put back. */
  #remember(request: StreamRequest, secrets: readonly Secret[]): void {
    const used = new Set(secretsIn(request, secrets));
    const others = secrets.filter((secret) => !used.has(secret)).slice(-MAX_SECRETS);
    this.#known = [...used, ...others];
  }

  /** Asks about misplaced masks until none is left: secrets may be added while a question is open. */
  async #askForAll(request: StreamRequest, found: FoundSpans): Promise<void> {
    const asked = new Map<Secret, Set<string>>();
    this.#isAsking = true;
    try {
      for (;;) {
        const astray = strays(request, this.#current, found).filter(
          ({ secret, place }) => !asked.get(secret)?.has(place),
        );
        if (astray.length === 0) return;
        await this.#ask(astray, originOf(request.url));
        for (const { secret, place } of astray) asked.set(secret, (asked.get(secret) ?? new Set()).add(place));
      }
    } finally {
      this.#isAsking = false;
    }
  }

  async #ask(astray: readonly Stray[], origin: string): Promise<void> {
    const masks = listed(astray.map(({ secret }) => `•••${secret.number}`));
    const from = listed(astray.map(({ secret }) => originText(secret.origin)));
    const message = l10n.t('Send the secret {0}, entered for {1}, to {2}?', masks, from, origin);
    const send = l10n.t('Send to {0}', origin.replace(/^https?:\/\//, ''));
    const details = astray.slice(0, MAX_EXPLAINED).map(explained);
    if (await confirm(message, details, send)) return;
    throw new BadFormError(
      l10n.t('Nothing was sent: the secret {0} was entered for {1}. Enter it again.', masks, from),
    );
  }
}

/** Returns the secrets, with those entered before there was a URL bound to this URL's origin. */
function bound({ url }: StreamRequest, secrets: readonly Secret[]): Secret[] {
  return secrets.map((secret) => (secret.origin === '' ? { ...secret, origin: originOf(url) } : secret));
}

/** Returns no URL if its host is still being typed: it may turn out to be user and password. */
function withoutOpenHost(url: string): string {
  return /^https?:[\\/]*[^\\/?#@]*$/i.test(url) ? '' : url;
}

function withoutMasks(form: RequestForm, numbers: ReadonlySet<number>): RequestForm {
  const drop = (text: string) =>
    text.replace(/•••(\d+)/g, (found, number) => (numbers.has(Number(number)) ? '' : found));
  return { ...form, url: drop(form.url), headers: drop(form.headers), body: drop(form.body) };
}

function explained({ secret, place }: Stray): string {
  const was = secret.place === '' ? '' : placeText(secret.place);
  const mask = `•••${secret.number}`;
  return was === '' || was === placeText(place)
    ? l10n.t('{0}: {1}', mask, placeText(place))
    : l10n.t('{0}: entered as {1}, sent as {2}', mask, was, placeText(place));
}

function originText(origin: string): string {
  return URL.canParse(origin) && origin.startsWith('http') ? origin : l10n.t('another address');
}

/** Returns the distinct texts in a list, cut after the maximum number. */
function listed(texts: string[]): string {
  const different = [...new Set(texts)];
  return different.slice(0, MAX_EXPLAINED).join(', ') + (different.length > MAX_EXPLAINED ? ' …' : '');
}
