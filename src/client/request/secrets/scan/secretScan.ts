// Reads texts of several kinds as far as it takes to see which names their values have. All take what is broken, since
// it may be half typed, and look at each character a few times at the most: a megabyte of quotes takes milliseconds.

import type { Names } from './nameMeanings';
import type { Finder } from './secretFinder';
import { MAX_NAME, type NamePlace } from './secretNames';
import { Pairing } from './secretPairs';
import type { Signs } from './signs';

export interface ParameterSyntax {
  /** Characters behind which a name may begin. */
  before: Signs;
  /** Characters that end a value. */
  end: Signs;
  /** Whether the first name may begin with the text. */
  atStart: boolean;
}

const [EQUALS, BLANK] = [0x3d, 0x20];
/** A value that another parameter may name: `name=password&value=…`. Without one, a `key` is a key. */
const PAIRED = /(?:value|(?:[?&;[.]|%5B)v(?:al)?|(?:[[.]|%5B)(?:values|default))(?:\]|%5D)?(?:\[\d*\]|%5B\d*%5D)*=/i;

/** The scheme of an Authorization header; the secret is behind it. */
export const SCHEME = /^(?:basic|bearer|digest|negotiate|token|dpop|apikey|bot|ssws) +/i;
/** How far a scheme is looked for, with the blanks behind it. */
const MAX_SCHEME = 20;

/** Finds `name=value`. A value goes on to the next sign that surely ends it: better too much is masked than too little. */
export function scanParameters(text: string, { before, end, atStart }: ParameterSyntax, finder: Finder): void {
  const first = text.indexOf('=');
  if (first < 0) return;
  // One alone names no other.
  const pairing = text.indexOf('=', first + 1) > 0 && PAIRED.test(text) ? new Pairing(finder, true) : undefined;
  let name = atStart ? 0 : -1;
  let valueEnd = -1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== EQUALS) {
      // Blanks before a name are none of it.
      if (before.has(code) || (code === BLANK && name === at)) name = at + 1;
    } else if (name >= 0) {
      const isNew = at >= valueEnd;
      if (isNew) valueEnd = valueEndOf(text, at + 1, end);
      const written = at - name <= MAX_NAME ? text.slice(name, at) : '';
      const value = text.slice(at + 1, Math.min(valueEnd, at + 1 + MAX_NAME));
      const called = pairing ? paired(pairing, { written, value, start: at + 1, end: valueEnd }, finder) : written;
      if (called !== undefined && value !== '' && isSecret(finder.names, called, 'parameter', value)) {
        finder.secret(called, at + 1, valueEnd);
        at = valueEnd - 1;
      } else if (isNew && at > name) finder.inside(at + 1, valueEnd);
      name = -1;
    }
  }
}

/** Returns where the value that begins there ends: a scheme and a blank end none. */
function valueEndOf(text: string, start: number, signs: Signs): number {
  const [scheme = ''] = SCHEME.exec(text.slice(start, start + MAX_SCHEME)) ?? [];
  const end = signs.next(text, start);
  return scheme !== '' && end === start + scheme.trimEnd().length ? signs.next(text, start + scheme.length) : end;
}

/** The name that the value is called by; undefined where it is a name itself. */
function paired(
  pairing: Pairing,
  { written, value, start, end }: { written: string; value: string; start: number; end: number },
  { names }: Finder,
): string | undefined {
  const item = written.replace(/(?:\[\d*\]|%5B\d*%5D)+$/i, '');
  const member = item.replace(/(?<!\]|%5D)(?:\]|%5D)+$/i, '').replace(/^.*(?:[.[]|%5B)/is, '');
  // In a header the next one may follow without a sign that surely ends this one.
  const { isLabel, isValue } = names.of(member);
  if (isLabel && pairing.name(member, value.replace(/[;,].*/s, ''))) return undefined;
  if (!isValue) return written;
  if (pairing.label !== '') return pairing.label;
  pairing.value(start, end);
  return written;
}

/** Whether it is a name, and a secret's; an argument of a call is as a member. @param value the beginning of what it names; empty: anything */
export function isSecret(names: Names, name: string, place: NamePlace, value: string): boolean {
  const argument = name.slice(name.lastIndexOf('(') + 1);
  // An address loses its tabs and line ends on the way.
  return (
    name !== '' &&
    names.isSecret(argument, argument === name ? place : 'member') &&
    !/[^\S\t\r\n]|["'{}<>]/.test(name) &&
    !(value !== '' && names.isHarmless(name, value))
  );
}
