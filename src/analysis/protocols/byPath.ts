import type { Answer } from './answer/answer';
import type { Answers } from './answer/answers';
import type { Assembler } from './answer/assembler';
import type { Json, Maybe } from './json/json';
import { type PathStep, valueAtPath } from './json/jsonPath';
import { jsonStart } from './json/jsonStart';

/** A JSON path that a user gives, whose values are the result. */
export interface GivenPath {
  /** Text that `readJsonPath` reads. */
  text: string;
  /** Whether values are added up; else the last one counts. */
  isAppended: boolean;
}

/** Returns an assembler of the values at a JSON path. @param isAppended whether they are added up; else each replaces the last */
export function byPath(path: readonly PathStep[], isAppended: boolean): Assembler<{ answers: Answers }> {
  return {
    start: (answers) => ({ answers }),
    add({ answers }, event, value: Maybe) {
      if (event.data.length < 100 && event.data.trim() === '[DONE]' && answers.hasBegun)
        answers.current.isComplete = true;
      const found = valueAtPath(value, path);
      if (found === undefined || found === null) return;
      if (isAppended) answers.current.append(answers.current.item('text', 'text'), textOf(found));
      else replace(answers.current, found);
    },
    end({ answers }) {
      // There is no end mark that could be missed.
      answers.current.isComplete = true;
      answers.current.close();
    },
  };
}

/** A text replaces the text, any other value the value. */
function replace(answer: Answer, found: Json): void {
  const item = answer.item('document', 'document');
  if (typeof found === 'string') answer.replaceText(item, found);
  else if (answer.setValue(item, found)) answer.tell(item, jsonStart(found), true);
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
