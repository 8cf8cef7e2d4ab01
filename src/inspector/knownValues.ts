// Secrets that are known, where a server gives them back: it may have taken them apart, and written them in its own way.
import { DecodedText } from './decodedText';

/** Shorter ones may stand anywhere by chance. */
const MIN_LENGTH = 8;
/** How much of a value is looked at, in characters: no header that Node takes has more. */
const MAX_READ = 16 * 1024;
/** How many texts are looked for. */
const MAX_VALUES = 200;
/** How often an address may have been put into another. */
const MAX_ENCODED = 3;
/** How many digits of base64 depend on what stands before, by how many bytes of it there are. */
const DEPENDENT = [0, 2, 3];

/** Finds the values in the text, also parts of them, and as they read encoded: with percents, in base64, in hex. */
export function findKnown(text: string, values: readonly string[], add: (start: number, end: number) => void): void {
  const forms = partsOf(values, text.length).flatMap(formsOf);
  if (forms.length === 0) return;
  let decoded = new DecodedText(text);
  for (let round = 0; round <= MAX_ENCODED; round += 1) {
    const plain = comparable(decoded.text);
    for (const form of forms)
      for (let at = plain.indexOf(form); at >= 0; at = plain.indexOf(form, at + form.length))
        add(decoded.place(at), decoded.place(at + form.length));
    if (!/%[\da-f]{2}/i.test(decoded.text)) return;
    decoded = decoded.withoutPercents();
  }
}

/** The values themselves, then what they are made of: a cookie's value, a password behind its user. What is longer isn't there. */
function partsOf(values: readonly string[], maxLength: number): string[] {
  const begins = values.map((value) => value.slice(0, MAX_READ));
  const plain = begins.flatMap((value) => [value, new DecodedText(value).withoutPercents().text, fromBase64(value)]);
  const parts = plain.flatMap((value) => value.split(/[\s,;:&="'()<>[\]{}]+/));
  const long = [...plain, ...parts].filter((part) => part.length >= MIN_LENGTH && part.length <= maxLength);
  return [...new Set(long)].slice(0, MAX_VALUES);
}

/** User and password of an Authorization header; else nothing. */
function fromBase64(value: string): string {
  const plain = /^[\w+/-]+={0,2}$/.test(value) ? Buffer.from(value, 'base64').toString('utf8') : '';
  return /^[^\p{Cc}\ufffd]+$/u.test(plain) ? plain : '';
}

function formsOf(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  const base64 = DEPENDENT.map((dependent, before) => {
    const digits = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return digits.slice(dependent, Math.floor(((before + bytes.length) * 4) / 3));
  });
  return [bytes.toString('latin1'), bytes.toString('hex'), ...base64, value].map(comparable);
}

/** A host loses its capitals, a blank may be a plus sign, and base64 has other signs in addresses. All keep their places. */
function comparable(text: string): string {
  return text
    .replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase())
    .replace(/[-+_/]/g, (sign) => (sign === '_' || sign === '/' ? '/' : ' '));
}
