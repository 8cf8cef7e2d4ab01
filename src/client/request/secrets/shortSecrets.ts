import { patternSource } from '../../../text/patternSource';
import { DecodedText } from './decodedText';

/** Minimum and maximum length of a short secret, in characters: a shorter one is guessed anyway, a longer one is found in all its forms. */
const [MIN_LENGTH, MAX_LENGTH] = [4, 7];
/** Maximum number of short secrets that are searched for. */
const MAX_SECRETS = 200;
/** Values that are no secrets, whatever their name. */
const NO_SECRET = /^(?:true|false|null|none)$/i;

/**
 * Finds secrets that are too short to be found in any form: only as they are, or with percent signs, and only as whole words, since
 * they may be parts of others by chance. For texts from outside: our own words would be found, too.
 */
export class ShortSecrets {
  readonly #pattern: RegExp | undefined;

  constructor(secrets: readonly string[]) {
    const words = [...new Set(secrets.flatMap(partsOf))].filter(isShort).slice(0, MAX_SECRETS);
    if (words.length > 0) this.#pattern = new RegExp(words.map(asWord).join('|'), 'gu');
  }

  find(text: string, add: (start: number, end: number) => void): void {
    if (!this.#pattern) return;
    const whole = new DecodedText(text);
    const decoded = text.includes('%') ? whole.withoutPercents() : whole;
    for (const reading of decoded === whole ? [whole] : [whole, decoded])
      for (const { 0: found, index } of reading.text.matchAll(this.#pattern))
        add(reading.place(index), reading.place(index + found.length));
  }
}

/** Returns the secret, also without percent signs; of user and password, the password; of a cookie, the values that no word is. */
function partsOf(secret: string): string[] {
  const plain = new DecodedText(secret.slice(0, 1000)).withoutPercents().text;
  const password = plain.slice(plain.indexOf(':') + 1);
  const parts = plain.split(/[\s,;:&="']+/).filter((part) => /\d/.test(part) && /[a-z]/i.test(part));
  return [secret, plain, password, ...parts];
}

function isShort(word: string): boolean {
  return word.length >= MIN_LENGTH && word.length <= MAX_LENGTH && !NO_SECRET.test(word);
}

function asWord(word: string): string {
  const before = /^[\p{L}\d]/u.test(word) ? '(?<![\\p{L}\\d])' : '';
  return before + patternSource(word) + (/[\p{L}\d]$/u.test(word) ? '(?![\\p{L}\\d])' : '');
}
