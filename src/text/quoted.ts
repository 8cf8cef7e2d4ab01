import { isolated } from './foreignText';
import { shorten } from './textCost';

/** Maximum length of a foreign text within a sentence, in UTF-16 code units, and what it may cost to lay out. */
const [MAX_LENGTH, MAX_COST] = [120, 2000];

/** Returns foreign text for a sentence of ours: its beginning, isolated, and with codes for deceptive characters. */
export function quoted(text: string | number | undefined): string {
  const whole = String(text ?? '');
  // A cut between two surrogates would leave half of a character.
  const kept = whole.length > MAX_LENGTH ? `${whole.slice(0, MAX_LENGTH).replace(/[\ud800-\udbff]$/, '')}…` : whole;
  return isolated(shorten(kept, MAX_COST));
}
