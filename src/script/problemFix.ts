import { FIELD_NAMES } from '../stream/field';
import { DIRECTIVE_NAMES } from './directive';
import { PLACE_NAMES } from './fill/place';
import { nearest } from './nearest';
import type { Problem } from './script';

/** Matches a known field whose colon is missing: `data {"a": 1}`, `event=order`. */
const WITHOUT_COLON = /^(data|event|id|retry)(?:\s*=\s*|\s+|(?=[{["]))(?=\S)/;

/** Returns the field that is meant by a name that is none, because its colon is missing; undefined if none is. */
export function fieldWithoutColon(text: string): string | undefined {
  return WITHOUT_COLON.exec(text)?.[1];
}

/** Returns the text to replace a problem's part of the line with; undefined if there is no obvious one. */
export function problemFix({ code, directive, place, text }: Problem): string | undefined {
  if (code === 'directive' && directive === 'unknown') return nearest(text, DIRECTIVE_NAMES);
  if (code === 'place' && place === 'unknown') return nearest(text, PLACE_NAMES);
  if (code !== 'unknownField') return undefined;
  const field = fieldWithoutColon(text);
  return field === undefined ? nearest(text.trim(), FIELD_NAMES) : text.replace(WITHOUT_COLON, `${field}: `);
}
