import type { Environment } from '../environment';
import { isOpenDocument } from './nestedDocuments';

const QUOTED = /'[^']*'|"(?:[^"\\]|\\.)*"/;
/** A command substitution, `$(…)`, which may contain quotes, and one more level of parentheses. */
export const SUBSTITUTION = new RegExp(
  `\\$\\((?:[^()'"$\\\\]|\\\\.|${QUOTED.source}|\\$(?!\\()|\\$?\\((?:[^()'"]|${QUOTED.source})*\\))*\\)`,
  's',
);
/**
 * A variable. An unclosed one ends where the next one begins: without this, each would be searched for through the whole
 * text.
 */
export const VARIABLE = new RegExp(
  `\\$(?:[A-Za-z_]\\w*|[\\d$?#@*!-]|\\{(?:[^}$]|\\$\\{[^}$]*\\}|\\$\\([^)$]*\\)|\\$\\w)*\\})|${SUBSTITUTION.source}|\`[^\`]*\``,
  's',
);

/** Pieces within double quotes and here-documents, where a backslash is literal unless one of these follows. */
const INSIDE = new RegExp(`\\\\(?<escaped>[$\`"\\\\])|\\\\\\n|(?<variable>${VARIABLE.source})`, 'gs');

/** `${NAME}`, also with a default value (Bash Reference Manual §3.5.3). */
const PARAMETER = /^\$(?:(\w+)|\{(\w+)(\[@\]|\[\*\])?(?::?([-=?])(.*))?\})$/s;
/** `$(cat FILE)` and `$(<FILE)`. */
const FILE = /^(?:\$\(|`)\s*(?:cat\s+|<\s*)(['"]?)([^\s'"|;&$`()<>]+)\1\s*[)`]$/;

/**
 * Returns the values of a variable or a command in a script for bash; if none is known, notes that and returns it as it is
 * written.
 */
export function expanded(written: string, environment: Environment): readonly string[] {
  const file = FILE.exec(written)?.[2];
  // Outside of a body, a file contains a single value, such as a token: the user is asked for that.
  if (file !== undefined && (environment.isBody || environment.hasFile(file))) {
    // `$(…)` removes line ends at the end.
    const text = environment.file(file).replace(/\n+$/, '');
    return [isOpenDocument(file) ? expandIn(text, environment) : text];
  }
  const [, plain, name = plain, isArray, sign, text] = PARAMETER.exec(written) ?? [];
  if (name === undefined) return [environment.fill(written, written, undefined)];
  const values = environment.valuesOf(name);
  if (values && isArray) {
    environment.count(values.reduce((sum, value) => sum + value.length + 1, 0));
    return values;
  }
  const fallback = sign === '?' || text === '' || values ? undefined : text;
  return [environment.fill(`$${name}`, written, values?.[0] ?? (fallback && expandIn(fallback, environment)))];
}

/** Returns the text as expanded in double quotes or a here-document. @param isQuoted whether `\"` is a quote */
export function expandIn(text: string, environment: Environment, isQuoted = false): string {
  if (!/[\\$`]/.test(text)) return text;
  return text.replace(INSIDE, (written: string, ...found: unknown[]) => {
    const groups = found.at(-1) as Record<string, string | undefined>;
    const { escaped, variable } = groups;
    if (escaped === '"' && !isQuoted) return written;
    if (escaped !== undefined) return escaped;
    return variable === undefined ? '' : expanded(variable, environment).join(' ');
  });
}
