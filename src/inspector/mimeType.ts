import { withoutBlanks } from './blanks';

const TOKEN = /^[!#$%&'*+.^_`|~\w-]+$/;
/** HTTP whitespace. */
const BLANKS = '\t\n\r ';

/**
 * Extracts the type of an answer as browsers do (Fetch §2.2.2 "extract a MIME type"): of several, the last that is one.
 * @param values of its `Content-Type` headers, each of which may be a list
 * @returns without its parameters, in lower case; empty where there is none
 */
export function mimeTypeOf(values: readonly string[]): string {
  const essences = values.flatMap(split).map(essenceOf);
  return essences.findLast((essence) => essence !== undefined && essence !== '*/*') ?? '';
}

/** Returns the charset that a type names, as it is written there; undefined: it names none (MIME Sniffing §4.4). */
export function charsetOf(values: readonly string[]): string | undefined {
  const type = values.flatMap(split).findLast((value) => essenceOf(value) !== undefined);
  const [, quoted, plain] = /;[\t\n\r ]*charset=(?:"((?:[^"\\]|\\.)*)"?|([^;"]*))/i.exec(type ?? '') ?? [];
  return quoted ?? plain?.trim();
}

/** The values of a list: a comma in quotes is none between them ("get, decode, and split"). */
function split(list: string): string[] {
  return list.match(/(?:[^",]|"(?:[^"\\]|\\.|\\$)*(?:"|$))+/gs) ?? [];
}

/** The type and the subtype (MIME Sniffing §4.4 "parse a MIME type"); undefined where it is no type. */
function essenceOf(value: string): string | undefined {
  const [essence = ''] = value.split(';');
  const [type = '', subtype = '', ...more] = withoutBlanks(essence, BLANKS).split('/');
  return more.length === 0 && TOKEN.test(type) && TOKEN.test(subtype) ? `${type}/${subtype}`.toLowerCase() : undefined;
}
