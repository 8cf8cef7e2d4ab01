import { readFileSync } from 'node:fs';

/** Returns what a template sends, without its directives and comments. */
export function templateBody(name: string): string {
  const text = readFileSync(`media/templates/${name}.sse`, 'utf8');
  return text
    .split('\n')
    .filter((line) => !line.startsWith(':'))
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
}
