/** Minimum length of texts that may have been cut, in UTF-16 code units: those of evidence are cut at 100 or later. */
const MIN_TEXT = 99;
/** Minimum and maximum length of a secret's beginning that is looked for: a longer one is found as a part of the secret. */
const [MIN_LENGTH, MAX_LENGTH] = [4, 128];
/** Minimum length of a secret, and maximum number of them, as where whole ones are looked for. */
const [MIN_SECRET, MAX_SECRETS] = [8, 400];

/** Finds the beginning of a secret at the end of a text that was cut there. */
export class SecretBeginnings {
  /** Secrets and their parts, in lower case, by their first characters. */
  readonly #secrets = new Map<string, string[]>();

  constructor(secrets: readonly string[]) {
    const all = secrets.flatMap((secret) => [secret, ...secret.split(/[\s.,;:&="'()<>[\]{}]+/)]);
    const long = [...new Set(all)].filter(({ length }) => length >= MIN_SECRET).slice(0, MAX_SECRETS);
    for (const secret of long.map((one) => one.toLowerCase())) {
      const key = secret.slice(0, MIN_LENGTH);
      this.#secrets.set(key, [...(this.#secrets.get(key) ?? []), secret]);
    }
  }

  /** Returns the size of a secret's beginning at the end of the text; 0 if there is none, or the text can't have been cut. */
  sizeAtEnd(text: string): number {
    if (text.length < MIN_TEXT) return 0;
    const end = text.slice(-MAX_LENGTH).toLowerCase();
    for (let at = 0; at + MIN_LENGTH <= end.length; at += 1) {
      const rest = end.slice(at);
      const alike = this.#secrets.get(rest.slice(0, MIN_LENGTH)) ?? [];
      if (alike.some((secret) => secret.startsWith(rest))) return rest.length;
    }
    return 0;
  }
}
