import { env, l10n } from 'vscode';
import type { Exchange } from '../../../client/http/exchange';
import { isSecretResponseHeader } from '../../../client/request/secrets/responseSecrets';
import type { Secret } from '../../../client/request/secrets/secrets';
import type { RequestForm } from '../../../messages/inspector';
import type { FromSecrets, MaskPlace, ToSecrets } from '../../../messages/secrets';
import { confirm, tellBriefly } from '../../shared/output/tell';
import { placeText } from '../form/placeText';
import type { RequestSecrets } from './requestSecrets';

/** Maximum length of a location, in characters: a parameter's name may be very long. */
const MAX_PLACE = 200;

export interface SecretActionsOptions {
  secrets: RequestSecrets;
  /** Whether the user can see the page. */
  isVisible(): boolean;
  /** Returns the response whose headers the page shows. */
  response(): Exchange | undefined;
  post(message: ToSecrets): void;
  /** Returns the focus from a question to the page. */
  focus(): void;
}

/**
 * Shows and copies single secrets for the user. The page could fake a click, and can read the clipboard. So VS Code asks
 * before the page gets a secret, once for each.
 */
export class SecretActions {
  readonly #options: SecretActionsOptions;
  /** Secrets whose masks were sent to the page, by number. */
  #listed = new Map<number, Secret>();
  /** Texts that the user has allowed the page to have. Permission to show includes permission to copy. */
  readonly #shown = new Set<string>();
  readonly #copied = new Set<string>();
  #isAsking = false;

  constructor(options: SecretActionsOptions) {
    this.#options = options;
  }

  /** Sends the form's masks to the page. */
  async list(form: RequestForm): Promise<void> {
    // Unreadable stored secrets are reported when they are to be sent.
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
    // The mask may stand for another secret meanwhile.
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
    const details = [
      l10n.t('You are asked once for each secret, because the panel’s page gets none without your consent.'),
    ];
    const isAllowed = await confirm(message, details, isCopy ? l10n.t('Copy') : l10n.t('Show')).finally(() => {
      this.#isAsking = false;
      this.#options.focus();
    });
    if (isAllowed) (isCopy ? this.#copied : this.#shown).add(text);
    return isAllowed;
  }

  /** Returns the secret behind the mask, and its location in words. */
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
