import { l10n } from 'vscode';
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
import { excessText } from '../form/excessText';
import { placeText } from '../form/placeText';
import { asRequest, BadFormError, fromForm, MAX_REQUEST, maskForm, toForm } from '../form/requestForm';
import { MAX_SECRETS, type RequestStore } from './requestStore';

/** How many secrets a question explains one by one. */
const MAX_EXPLAINED = 10;

/** A request that may go out. */
export interface ReadyRequest {
  /** For eyes. */
  masked: StreamRequest;
  /** For the server. */
  plain: StreamRequest;
  /** Where in it are secrets. */
  held: KnownSecrets;
}

/** The secrets behind the masks of one panel's form. None goes to another server, or to another place, unasked. */
export class RequestSecrets {
  readonly #store: RequestStore;
  readonly #id: string;
  #known: Secret[] | undefined;
  #loading: Promise<Secret[]> | undefined;
  #isAsking = false;
  #found: FoundSpans = new Map();
  /** The edits that are under way. They are told in their order: to store a secret takes longer than not to. */
  #editing: Promise<unknown> = Promise.resolve();

  /** @param known default: what is stored */
  constructor(store: RequestStore, id: string, known?: Secret[]) {
    this.#store = store;
    this.#id = id;
    this.#known = known;
  }

  /**
   * Returns the request of the form with its secrets in it; undefined while the person is being asked about another.
   * @throws {BadFormError} where one is kept no more, or is not to go there
   */
  async ready(form: RequestForm): Promise<ReadyRequest | undefined> {
    const request = fromForm(form);
    await this.#load();
    // Not before: of two that wait, each would see no question yet.
    if (this.#isAsking) return undefined;
    const found = this.#foundAgain();
    const lost = findLost(request, this.#now, found);
    if (lost !== undefined) throw new BadFormError(l10n.t('The secret {0} is no longer stored. Enter it again.', lost));
    await this.#askForAll(request, found);
    const adopted = adopt(request, this.#now, found);
    const { request: masked, secrets } = mask(adopted.request, adopted.secrets, found);
    // One secret may be meant in 100,000 places.
    if (unmaskedLength(masked, secrets) > MAX_REQUEST) throw new BadFormError(excessText('longRequest'));
    const plain = unmask(masked, secrets);
    const excess = excessOf(plain);
    if (excess) throw new BadFormError(excessText(excess));
    // What stands for a part of the URL may be more than that: another host, with a slash behind it.
    if (originOf(plain.url) !== originOf(masked.url))
      throw new BadFormError(l10n.t('Nothing was sent: with its secrets, the URL leads elsewhere. Enter them again.'));
    this.#remember(masked, bound(masked, secrets));
    const held = partsWith(masked, this.#now);
    // A file is for the host that the person was asked about.
    return { masked, plain, held: masked.bodyFile === undefined ? held : { ...held, body: true } };
  }

  /**
   * Returns the form as it is shown and kept.
   * @param done whether the field is left that was edited. Of a secret that is being typed nothing is kept.
   */
  edited(form: RequestForm, done: boolean): Promise<RequestForm> {
    const inOrder = Promise.all([this.#edited(form, done), this.#editing]).then(([edited]) => edited);
    this.#editing = inOrder.catch(() => undefined);
    return inOrder;
  }

  /** Resolves when those who wait for what was edited have it: with a click on a button, a field is left first. */
  async settled(): Promise<void> {
    await this.#editing;
  }

  async #edited(form: RequestForm, done: boolean): Promise<RequestForm> {
    await this.#load();
    const known = this.#now;
    const { form: masked, secrets } = maskForm(form, known, this.#foundAgain());
    if (!done) {
      const kept = withoutMasks(masked, new Set(secrets.slice(known.length).map(({ number }) => number)));
      return { ...kept, url: withoutOpenHost(kept.url) };
    }
    this.#remember(asRequest(masked), secrets);
    await this.keep(masked);
    return masked;
  }

  /** Returns the form of a request that was pasted, as it is shown, and keeps it so. */
  async pasted(request: StreamRequest): Promise<RequestForm> {
    await this.#load();
    const { request: masked, secrets } = mask(request, this.#now, this.#foundAgain());
    this.#remember(masked, secrets);
    const form = toForm(masked);
    await this.keep(form);
    return form;
  }

  /** Stores what the masks of the form stand for, and nothing else. */
  async keep(form: RequestForm): Promise<void> {
    await this.#store.keepSecrets(this.#id, await this.of(form));
  }

  /** Returns what the masks of the form stand for. */
  async of(form: RequestForm): Promise<Secret[]> {
    await this.#load();
    return secretsIn(asRequest(form), this.#now);
  }

  /** Returns them as they are known when the caller goes on: others who waited may have remembered more. */
  get #now(): Secret[] {
    return this.#known ?? [];
  }

  /** Returns what is known of texts: that of the last request, to which is added. */
  #foundAgain(): FoundSpans {
    this.#found = new FoundAgain(new Map(this.#found));
    return this.#found;
  }

  /** Reads what is stored, once for all who wait. */
  async #load(): Promise<void> {
    if (this.#known) return;
    this.#loading ??= this.#store.secrets(this.#id).finally(() => {
      this.#loading = undefined;
    });
    const stored = await this.#loading;
    this.#known ??= stored;
  }

  /** Those in the request and the latest others: what was taken out of a field may be put back. */
  #remember(request: StreamRequest, secrets: readonly Secret[]): void {
    const used = new Set(secretsIn(request, secrets));
    const others = secrets.filter((secret) => !used.has(secret)).slice(-MAX_SECRETS);
    this.#known = [...used, ...others];
  }

  /** Asks until there is no mask astray that wasn't asked about: secrets may come while a question is open. */
  async #askForAll(request: StreamRequest, found: FoundSpans): Promise<void> {
    const said = new Map<Secret, Set<string>>();
    this.#isAsking = true;
    try {
      for (;;) {
        const astray = strays(request, this.#now, found).filter(({ secret, place }) => !said.get(secret)?.has(place));
        if (astray.length === 0) return;
        await this.#ask(astray, originOf(request.url));
        for (const { secret, place } of astray) said.set(secret, (said.get(secret) ?? new Set()).add(place));
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

/** Those that were typed while there was no URL are for the first that there is. */
function bound({ url }: StreamRequest, secrets: readonly Secret[]): Secret[] {
  return secrets.map((secret) => (secret.origin === '' ? { ...secret, origin: originOf(url) } : secret));
}

/** A host that is still being typed may become user and password before the host. */
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

/** Each once; of many the first. */
function listed(texts: string[]): string {
  const different = [...new Set(texts)];
  return different.slice(0, MAX_EXPLAINED).join(', ') + (different.length > MAX_EXPLAINED ? ' …' : '');
}
