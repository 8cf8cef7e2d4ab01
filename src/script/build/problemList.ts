import type { Problem } from '../script';

/** Maximum number of problems reported for each severity. */
const MAX_PROBLEMS = 1000;

/** The problems of a script, while it is read. */
export class ProblemList {
  readonly all: Problem[] = [];
  readonly #counts = { error: 0, warning: 0 };
  #textSize = 0;

  /** Total length of their texts, in UTF-16 code units. */
  get textSize(): number {
    return this.#textSize;
  }

  /** Whether no more errors would be reported. */
  get hasAllErrors(): boolean {
    return this.#counts.error >= MAX_PROBLEMS;
  }

  /** Reports a warning. @param text the part of the line that has the problem */
  warn(code: Problem['code'], line: number, column: number, text: string): void {
    this.#add({ severity: 'warning', code, line, column, endColumn: column + text.length, text });
  }

  /** Reports an error: the script can't be played. */
  error(problem: Pick<Problem, 'code' | 'directive' | 'place' | 'text'>, line: number, column: number): void {
    this.#add({ severity: 'error', ...problem, line, column, endColumn: column + problem.text.length });
  }

  #add(problem: Problem): void {
    this.#counts[problem.severity] += 1;
    if (this.#counts[problem.severity] > MAX_PROBLEMS) return;
    // A slice would keep the whole line in memory.
    this.all.push({ ...problem, text: copyOf(problem.text) });
    this.#textSize += problem.text.length;
  }
}

/** Returns a copy of a text that isn't a slice of a larger one: a slice keeps all of that in memory. */
function copyOf(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
