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

/**
 * Returns the charset of that type, as it is written there: one that the type doesn't name is that of the same type before it.
 * Undefined: there is none.
 */
export function charsetOf(values: readonly string[]): string | undefined {
  let [essence, charset]: (string | undefined)[] = [];
  for (const value of values.flatMap(split)) {
    const found = essenceOf(value);
    if (found === undefined || found === '*/*') continue;
    charset = charsetParameter(value) ?? (found === essence ? charset : undefined);
    essence = found;
  }
  return charset;
}

/** The first parameter of that name (MIME Sniffing §4.4). */
function charsetParameter(value: string): string | undefined {
  const [, quoted, plain] = /;[\t\n\r ]*charset=(?:"((?:[^"\\]|\\.)*)"?|([^;"]*))/i.exec(value) ?? [];
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
