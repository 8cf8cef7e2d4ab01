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

/** The values of a list: a comma in quotes is none between them ("get, decode, and split"). */
function split(list: string): string[] {
  return list.match(/(?:[^",]|"(?:[^"\\]|\\.|\\$)*(?:"|$))+/gs) ?? [];
}

/** The type and the subtype (MIME Sniffing §4.4 "parse a MIME type"); undefined where it is no type. */
function essenceOf(value: string): string | undefined {
  const [essence = ''] = value.split(';');
  const [type = '', subtype = '', ...more] = withoutBlanks(essence).split('/');
  return more.length === 0 && TOKEN.test(type) && TOKEN.test(subtype) ? `${type}/${subtype}`.toLowerCase() : undefined;
}

/** Looks at each end once: an expression would look from each blank to the end. */
function withoutBlanks(text: string): string {
  let [from, end] = [0, text.length];
  while (from < end && BLANKS.includes(text.charAt(from))) from += 1;
  while (end > from && BLANKS.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(from, end);
}
