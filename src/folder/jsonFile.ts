import { isJson } from '../text/jsonSyntax';
import { reasonOf } from '../text/reason';

/** Strings of up to nine digits, which V8 finds by a hash that anyone can compute. */
const DIGITS = /"\d(?=\d{0,8}")/g;

/** Returns the text of a JSON file as bytes, or the reason why it is no JSON. Takes up to 10 ms a megabyte, more if it is none. */
export function readJson(file: Uint8Array): Uint8Array | { reason: string } {
  const text = new TextDecoder().decode(file);
  return isJson(text) ? new TextEncoder().encode(text) : { reason: faultOf(text) };
}

/** Returns V8's words for what is wrong. Digits become a letter for that: their strings could take seconds. */
function faultOf(text: string): string {
  try {
    JSON.parse(text.replace(DIGITS, '"x'));
    return '';
  } catch (error) {
    return reasonOf(error);
  }
}
