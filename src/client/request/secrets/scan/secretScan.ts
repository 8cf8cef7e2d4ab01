// Readers for texts of several kinds, which read just far enough to see the names of the values. They tolerate broken text,
// which may be half typed, and look at each character a few times at most: a megabyte of quotes takes milliseconds.

import type { Names } from './nameMeanings';
import type { Finder } from './secretFinder';
import { MAX_NAME, type NamePlace } from './secretNames';
import { Pairing } from './secretPairs';
import type { Signs } from './signs';

export interface ParameterSyntax {
  /** Characters after which a name may begin. */
  before: Signs;
  /** Characters that end a value. */
  end: Signs;
  /** Whether the text may begin with a name. */
  atStart: boolean;
  /** Place of the names. Default: `parameter`. */
  place?: NamePlace | undefined;
}

const [EQUALS, BLANK] = [0x3d, 0x20];
/** A value that another parameter may name: `name=password&value=…`. Without one, a `key` is a secret key. */
const PAIRED = /(?:value|(?:[?&;[.]|%5B)v(?:al)?|(?:[[.]|%5B)(?:values|default))(?:\]|%5D)?(?:\[\d*\]|%5B\d*%5D)*=/i;

/** Scheme of an Authorization header; the secret follows. */
export const SCHEME = /^(?:basic|bearer|digest|negotiate|token|dpop|apikey|bot|ssws)[ \t]+/i;
/** Maximum length of a scheme and the blanks after it, in characters. */
const MAX_SCHEME = 20;

/**
 * Finds `name=value`. A value extends to the next character that certainly ends it: better to mask too much than too
 * little.
 */
export function scanParameters(text: string, syntax: ParameterSyntax, finder: Finder): void {
  const { before, end, atStart, place = 'parameter' } = syntax;
  const first = text.indexOf('=');
  if (first < 0) return;
  // A single parameter can't name another one.
  const pairing = text.indexOf('=', first + 1) > 0 && PAIRED.test(text) ? new Pairing(finder, true) : undefined;
  let name = atStart ? 0 : -1;
  let valueEnd = -1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== EQUALS) {
      // Blanks before a name don't belong to it.
      if (before.has(code) || (code === BLANK && name === at)) name = at + 1;
    } else if (name >= 0) {
      const isNew = at >= valueEnd;
      if (isNew) valueEnd = valueEndOf(text, at + 1, end);
      const written = at - name <= MAX_NAME ? text.slice(name, at) : '';
      const value = text.slice(at + 1, Math.min(valueEnd, at + 1 + MAX_NAME));
      const called = pairing ? paired(pairing, { written, value, start: at + 1, end: valueEnd }, finder) : written;
      if (called !== undefined && value !== '' && isSecret(finder.names, called, place, value)) {
        finder.secret(called, at + 1, valueEnd);
        at = valueEnd - 1;
      } else if (isNew && at > name) finder.inside(at + 1, valueEnd);
      name = -1;
    }
  }
}

/** Returns the end of the value that begins there; a scheme and a blank don't end it. */
function valueEndOf(text: string, start: number, signs: Signs): number {
  const [scheme = ''] = SCHEME.exec(text.slice(start, start + MAX_SCHEME)) ?? [];
  const end = signs.next(text, start);
  return scheme !== '' && end === start + scheme.trimEnd().length ? signs.next(text, start + scheme.length) : end;
}

/** Returns the name of the value; undefined if the value is a name itself. */
function paired(
  pairing: Pairing,
  { written, value, start, end }: { written: string; value: string; start: number; end: number },
  { names }: Finder,
): string | undefined {
  const item = written.replace(/(?:\[\d*\]|%5B\d*%5D)+$/i, '');
  const member = item.replace(/(?<!\]|%5D)(?:\]|%5D)+$/i, '').replace(/^.*(?:[.[]|%5B)/is, '');
  // In a header, the next parameter may follow without a character that certainly ends this one.
  const { isLabel, isValue } = names.of(member);
  if (isLabel && pairing.name(member, value.replace(/[;,].*/s, ''))) return undefined;
  if (!isValue) return written;
  if (pairing.label !== '') return pairing.label;
  pairing.value(start, end);
  return written;
}

/**
 * Whether the text is a name, and that of a secret; an argument of a call counts as a member.
 * @param value beginning of the named value; empty for any
 */
export function isSecret(names: Names, name: string, place: NamePlace, value: string): boolean {
  const argument = name.slice(name.lastIndexOf('(') + 1);
  // A URL loses its tabs and line ends when it is parsed.
  return (
    name !== '' &&
    names.isSecret(argument, argument === name ? place : 'member') &&
    !/[^\S\t\r\n]|["'{}<>]/.test(name) &&
    !(value !== '' && names.isHarmless(name, value))
  );
}
