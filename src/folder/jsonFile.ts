import { isJson } from '../text/jsonSyntax';
import { NUMERIC } from '../text/numericStrings';
import { reasonOf } from '../text/reason';

/** Maximum number of strings of digits that V8 is given: comparing each with all others takes some milliseconds. */
const MAX_DIGITS = 2000;

/** The part of V8's message that quotes the text. */
const QUOTE = /, (?:\.{3})?".*"(?:\.{3})? is not valid JSON$/s;

/** Returns the text of a JSON file as bytes, or the reason why it is no JSON. Takes up to 10 ms a megabyte, more if it is none. */
export function readJson(file: Uint8Array): Uint8Array | { reason: string } {
  const text = new TextDecoder().decode(file);
  return isJson(text) ? new TextEncoder().encode(text) : { reason: faultOf(text) };
}

/**
 * Returns V8's words for what is wrong. If the text has so many strings of digits that they could take seconds, a letter is
 * put in each, and the words quote nothing, since the user would look for that letter in vain.
 */
function faultOf(text: string): string {
  const isHeavy = (text.match(NUMERIC)?.length ?? 0) > MAX_DIGITS;
  try {
    JSON.parse(isHeavy ? text.replace(NUMERIC, '"x') : text);
    return '';
  } catch (error) {
    return isHeavy ? reasonOf(error).replace(QUOTE, ' in JSON') : reasonOf(error);
  }
}
