import { env, l10n } from 'vscode';
import type { Exchange } from '../../../client/http/exchange';
import { isSecretResponseHeader } from '../../../client/request/secrets/responseSecrets';
import type { Secret } from '../../../client/request/secrets/secrets';
import type { RequestForm } from '../../../messages/inspector';
import type { FromSecrets, MaskPlace, ToSecrets } from '../../../messages/secrets';
import { confirm, tellBriefly } from '../../shared/output/tell';
import { placeText } from '../form/placeText';
import type { RequestSecrets } from './requestSecrets';

/** Maximum length of a place, in characters: a parameter may be called so. */
const MAX_PLACE = 200;

export interface SecretActionsOptions {
  secrets: RequestSecrets;
  /** Whether the person sees the page. */
  isVisible(): boolean;
  /** The answer whose headers the page shows. */
  response(): Exchange | undefined;
  post(message: ToSecrets): void;
  /** Gives the page the focus again, which a question had. */
  focus(): void;
}

/**
 * Shows and copies secrets one by one, each for a person. The page could say by itself that there was a click, and can read
 * the clipboard: so VS Code asks before it has a secret, once for each.
 */
export class SecretActions {
  readonly #options: SecretActionsOptions;
  /** Those whose masks the page was told, by number. */
  #listed = new Map<number, Secret>();
  /** The texts that the person has let the page have. Shown is more than copied. */
  readonly #shown = new Set<string>();
  readonly #copied = new Set<string>();
  #isAsking = false;

  constructor(options: SecretActionsOptions) {
    this.#options = options;
  }

  /** Tells the page which masks the form has. */
  async list(form: RequestForm): Promise<void> {
    // That what is stored can't be read is told where it is to be sent.
    const secrets = await this.#options.secrets.of(form).catch((): Secret[] => []);
    this.#listed = new Map(secrets.map((secret) => [secret.number, secret]));
    const masks = secrets.map(({ number, place }) => ({ number, place: placeText(place).slice(0, MAX_PLACE) }));
    this.#options.post({ type: 'masks', masks });
  }

  async act({ type, at }: FromSecrets): Promise<void> {
    const found = this.#find(at);
    if (!found || !this.#options.isVisible() || this.#isAsking) return;
    const isCopy = type === 'copySecret';
    const { text, place } = found;
    if (!(await this.#mayHave(text, place, isCopy))) return;
    // Meanwhile it may be another's place.
    if (this.#find(at)?.text !== text) return;
    if (!isCopy) {
      this.#options.post({ type: 'secret', at, text });
      return;
    }
    await env.clipboard.writeText(text);
    this.#options.post({ type: 'copied', what: at, note: l10n.t('Copied') });
    tellBriefly(l10n.t('Copied: {0}', l10n.t('the secret of {0}', place)));
  }

  async #mayHave(text: string, place: string, isCopy: boolean): Promise<boolean> {
    if (this.#shown.has(text) || (isCopy && this.#copied.has(text))) return true;
    this.#isAsking = true;
    const message = isCopy ? l10n.t('Copy the secret of {0}?', place) : l10n.t('Show the secret of {0}?', place);
    const details = [l10n.t('You are asked once for each secret of a panel, as its page may not have one unasked.')];
    const isSaid = await confirm(message, details, isCopy ? l10n.t('Copy') : l10n.t('Show')).finally(() => {
      this.#isAsking = false;
      this.#options.focus();
    });
    if (isSaid) (isCopy ? this.#copied : this.#shown).add(text);
    return isSaid;
  }

  /** Returns the secret behind the mask, and where it stands, in words. */
  #find(at: MaskPlace): { text: string; place: string } | undefined {
    if ('mask' in at) {
      const secret = this.#listed.get(at.mask);
      return secret && { text: secret.value, place: placeText(secret.place).slice(0, MAX_PLACE) };
    }
    const [name, text] = this.#options.response()?.headers[at.header] ?? [];
    if (name === undefined || text === undefined || !isSecretResponseHeader(name)) return undefined;
    return { text, place: l10n.t('the header {0}', name.slice(0, MAX_PLACE)) };
  }
}
