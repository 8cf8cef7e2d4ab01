import type { Environment } from '../environment';
import { hereDocument } from './hereDocument';

const BEGIN = /\$\(\s*cat\s*(<<-?[ \t]*(?:\\?\w+|'\w+'|"\w+"))[ \t]*\n/g;
/** Maximum number of nested documents in a text: the search for the end of each reads everything that follows. */
const MAX_DOCUMENTS = 20;
const NAME = 'here-document';

/** Whether the file stands for a here-document in which variables are expanded. */
export function isOpenDocument(file: string): boolean {
  return file.startsWith(`${NAME}+`);
}

/**
 * Returns the script with `$(cat FILE)` in place of each `$(cat <<EOF … EOF)`, whose text is written to that file: a
 * here-document may contain quotes and parentheses of its own.
 */
export function withoutNestedDocuments(script: string, environment: Environment): string {
  let result = '';
  let done = 0;
  const begins = [...script.matchAll(BEGIN)].slice(0, MAX_DOCUMENTS);
  for (const [number, { 0: begin, 1: operator = '', index }] of begins.entries()) {
    if (index < done) continue;
    const document = hereDocument(operator);
    const { text, end } = document.read(script, index + begin.length);
    const close = /^\s*\)/.exec(script.slice(end, end + 200))?.[0];
    if (close === undefined) continue;
    const name = `${NAME}${document.isQuoted ? '-' : '+'}${number}`;
    environment.write(name, () => text);
    result += `${script.slice(done, index)}$(cat '${name}')`;
    done = end + close.length;
  }
  return result + script.slice(done);
}
