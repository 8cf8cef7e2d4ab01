import type { Answer } from '../answer/answer';
import type { Answers } from '../answer/answers';
import type { Assembler } from '../answer/assembler';
import { errorIn } from '../answer/errorIn';
import { fullText, type JsonObject, listIn, type Maybe, numberIn, objectIn, valueAt } from '../json/json';
import { jsonStart } from '../json/jsonStart';

/** Nanoseconds in a second: Ollama's durations are in these. */
const NANOSECONDS = 1e9;

/** Assembles lines of Ollama's `/api/chat` and `/api/generate`. */
export const ollama: Assembler<{ answers: Answers }> = {
  start: (answers) => ({ answers }),
  add({ answers }, _event, value) {
    const line = objectIn(value);
    if (!line) return;
    const isOver = answers.hasBegun && answers.current.isComplete;
    if (isOver && typeof line['done'] === 'boolean') answers.begin();
    addLine(answers.current, line);
  },
  end: ({ answers }) => answers.current.close(),
};

function addLine(answer: Answer, line: JsonObject): void {
  const message = objectIn(line['message']) ?? {};
  answer.setModel(line['model']);
  append(answer, 'reasoning', message['thinking'] ?? line['thinking']);
  append(answer, 'text', message['content'] ?? line['response']);
  for (const call of listIn(message['tool_calls'])) addCall(answer, call);
  const error = errorIn(line);
  if (error) answer.error(error.message, error.code);
  if (line['done'] !== true) return;
  answer.isComplete = true;
  answer.setStop(line['done_reason']);
  answer.count('input', line['prompt_eval_count']);
  answer.count('output', line['eval_count']);
  const [tokens, duration] = [numberIn(line['eval_count']), numberIn(line['eval_duration'])];
  if (tokens !== undefined && duration) answer.speed = (tokens / duration) * NANOSECONDS;
}

function append(answer: Answer, kind: 'text' | 'reasoning', piece: Maybe): void {
  if (fullText(piece)) answer.append(answer.item(kind, kind), piece);
}

/** Calls come whole. */
function addCall(answer: Answer, call: Maybe): void {
  const item = answer.newItem('tool');
  answer.identify(item, valueAt(call, ['id']));
  answer.name(item, valueAt(call, ['function', 'name']));
  const input = valueAt(call, ['function', 'arguments']);
  if (typeof input === 'string') answer.appendArguments(item, input);
  else if (answer.setValue(item, input ?? {})) answer.tell(item, jsonStart(input ?? {}));
}
