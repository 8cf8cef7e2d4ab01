import { withoutBlanks } from './blanks';

const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
/** HTTP whitespace. */
const BLANKS = '\t\n\r ';
/** Maximum length of all values that are read, in characters: a head of 256 KB may come with each reconnect. */
const MAX_READ = 8 * 1024;

/**
 * Extracts the media type of a response as browsers do (Fetch §2.2.2 "extract a MIME type"): the last one that is valid.
 * @param values of its `Content-Type` headers, each of which may be a list
 * @returns the type without its parameters, in lower case; empty if there is none, or the values are longer than any
 */
export function mimeTypeOf(values: readonly string[]): string {
  const essences = listed(values).map(essenceOf);
  return essences.findLast((essence) => essence !== undefined && essence !== '*/*') ?? '';
}

/**
 * Returns the charset of that media type, as it is written there, or else that of the same type before it; undefined if
 * there is none.
 */
export function charsetOf(values: readonly string[]): string | undefined {
  let [essence, charset]: (string | undefined)[] = [];
  for (const value of listed(values)) {
    const found = essenceOf(value);
    if (found === undefined || found === '*/*') continue;
    charset = charsetParameter(value) ?? (found === essence ? charset : undefined);
    essence = found;
  }
  return charset;
}

/** Returns the first charset parameter (MIME Sniffing §4.4). */
function charsetParameter(value: string): string | undefined {
  const [, quoted, plain] = /;[\t\n\r ]*charset=(?:"((?:[^"\\]|\\.)*)"?|([^;"]*))/i.exec(value) ?? [];
  return quoted ?? plain?.trim();
}

/** Returns the items of all values; none if these are too long. */
function listed(values: readonly string[]): string[] {
  return values.reduce((sum, { length }) => sum + length, 0) > MAX_READ ? [] : values.flatMap(split);
}

/** Splits a list at its commas, except for those within quotes ("get, decode, and split"). */
function split(list: string): string[] {
  return list.match(/(?:[^",]|"(?:[^"\\]|\\.|\\$)*(?:"|$))+/gs) ?? [];
}

/** Returns the type and the subtype (MIME Sniffing §4.4 "parse a MIME type"); undefined if the value is no valid type. */
function essenceOf(value: string): string | undefined {
  const [essence = ''] = value.split(';');
  const [type = '', subtype = '', ...more] = withoutBlanks(essence, BLANKS).split('/');
  return more.length === 0 && TOKEN.test(type) && TOKEN.test(subtype) ? `${type}/${subtype}`.toLowerCase() : undefined;
}
