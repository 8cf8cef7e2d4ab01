import type { Environment } from '../environment';
import { isOpenDocument } from './nestedDocuments';

const QUOTED = /'[^']*'|"(?:[^"\\]|\\.)*"/;
/** A command in a word, `$(…)`; in it there may be quotes, and one more level of parentheses. */
export const SUBSTITUTION = new RegExp(
  `\\$\\((?:[^()'"$\\\\]|\\\\.|${QUOTED.source}|\\$(?!\\()|\\$?\\((?:[^()'"]|${QUOTED.source})*\\))*\\)`,
  's',
);
/** One that isn't closed ends where the next one begins: without this, each would be looked for through all of the text. */
export const VARIABLE = new RegExp(
  `\\$(?:[A-Za-z_]\\w*|[\\d$?#@*!-]|\\{(?:[^}$]|\\$\\{[^}$]*\\}|\\$\\([^)$]*\\)|\\$\\w)*\\})|${SUBSTITUTION.source}|\`[^\`]*\``,
  's',
);

/** In double quotes and here-documents, a backslash is one unless it stands before one of these. */
const INSIDE = new RegExp(`\\\\(?<escaped>[$\`"\\\\])|\\\\\\n|(?<variable>${VARIABLE.source})`, 'gs');

/** `${NAME}`, and with what stands for it where it is empty (Bash Reference Manual §3.5.3). */
const PARAMETER = /^\$(?:(\w+)|\{(\w+)(\[@\]|\[\*\])?(?::?([-=?])(.*))?\})$/s;
/** `$(cat FILE)` and `$(<FILE)`. */
const FILE = /^(?:\$\(|`)\s*(?:cat\s+|<\s*)(['"]?)([^\s'"|;&$`()<>]+)\1\s*[)`]$/;

/** Returns the values of a variable or a command in a script for bash; as it is written where none is known, which is noted. */
export function expanded(written: string, environment: Environment): readonly string[] {
  const file = FILE.exec(written)?.[2];
  // Elsewhere than in a body, what a file holds is one value, such as a token: it is asked for.
  if (file !== undefined && (environment.isBody || environment.hasFile(file))) {
    // As `$(…)` gives it.
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

/** Returns the text as double quotes or a here-document give it. @param isQuoted where `\"` is a quote */
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
