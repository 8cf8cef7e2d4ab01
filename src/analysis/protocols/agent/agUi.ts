import type { Answer } from '../answer/answer';
import type { Answers } from '../answer/answers';
import type { Assembler } from '../answer/assembler';
import { fullText, type JsonObject, listIn, numberIn, objectIn } from '../json/json';
import type { ItemKind, ResultUsage } from '../model/result';
import { addDocument } from './agUiDocuments';

/** State of an assembly of AG-UI's runs. */
export interface AgUiState {
  answers: Answers;
  hasRun: boolean;
  /** Key of what a CHUNK without an id goes on with; undefined if nothing is open. */
  open: string | undefined;
}

const USAGE: readonly [figure: keyof ResultUsage, name: string][] = [
  ['input', 'inputTokens'],
  ['output', 'outputTokens'],
  ['cached', 'cachedInputTokens'],
  ['reasoning', 'reasoningTokens'],
  ['total', 'totalTokens'],
];

/** Families of events about a piece that grows: its kind, the member with its id, and the one with its name. */
const FAMILIES: Record<string, { kind: ItemKind; id: string; name?: string }> = {
  TEXT_MESSAGE: { kind: 'text', id: 'messageId' },
  TOOL_CALL: { kind: 'tool', id: 'toolCallId', name: 'toolCallName' },
  REASONING_MESSAGE: { kind: 'reasoning', id: 'messageId' },
  THINKING_TEXT_MESSAGE: { kind: 'reasoning', id: 'messageId' },
};

/** Assembles the runs of AG-UI: texts, tool calls, and a state that is patched. */
export const agUi: Assembler<AgUiState> = {
  start: (answers) => ({ answers, hasRun: false, open: undefined }),
  add(state, _event, value) {
    const fields = objectIn(value);
    if (!fields) return;
    const type = fullText(fields['type']) ?? '';
    if (type === 'RUN_STARTED') {
      const before = state.hasRun ? state.answers.current : undefined;
      if (before && !before.isComplete) before.problem('restarted');
      if (before) state.answers.begin();
      Object.assign(state, { hasRun: true, open: undefined });
    }
    addEvent(state, state.answers.current, type, fields);
  },
  end: ({ answers }) => answers.current.close(),
};

function addEvent(state: AgUiState, answer: Answer, type: string, fields: JsonObject): void {
  const [, name = '', step = ''] = /^(\w+)_(START|CONTENT|ARGS|END|CHUNK)$/.exec(type) ?? [];
  const family = Object.hasOwn(FAMILIES, name) ? FAMILIES[name] : undefined;
  if (family)
    addPiece(state, answer, { ...family, name, step, idOf: fullText(fields[family.id]) }, fields, family.name);
  else if (type.startsWith('RUN_')) addRun(answer, type, fields);
  else if (type === 'TOOL_CALL_RESULT') addToolResult(answer, fields);
  else addDocument(answer, type, fields);
}

/** A piece of an item, and the step of its event. */
interface Piece {
  name: string;
  step: string;
  kind: ItemKind;
  idOf: string | undefined;
}

/** A CHUNK begins its item, and has the id only then. */
function addPiece(state: AgUiState, answer: Answer, piece: Piece, fields: JsonObject, nameMember?: string): void {
  const { name, step, kind, idOf } = piece;
  const isOpen = step === 'CHUNK' && idOf === undefined && state.open?.startsWith(`${name}/`);
  const key = isOpen && state.open ? state.open : `${name}/${idOf ?? ''}`;
  state.open = step === 'CHUNK' ? key : undefined;
  const item = answer.item(key, kind);
  answer.identify(item, idOf);
  if (nameMember) answer.name(item, fields[nameMember]);
  if (kind === 'tool') {
    item.argumentText ??= '';
    answer.appendArguments(item, fields['delta']);
  } else answer.append(item, fields['delta'] ?? '');
}

function addToolResult(answer: Answer, fields: JsonObject): void {
  const id = fullText(fields['toolCallId']);
  const item = answer.item(`TOOL_CALL/${id ?? ''}`, 'tool');
  answer.identify(item, id);
  answer.replaceText(item, fields['content']);
}

function addRun(answer: Answer, type: string, fields: JsonObject): void {
  if (type === 'RUN_ERROR') {
    answer.error(fullText(fields['message']) ?? '', fields['code']);
    answer.isComplete = true;
  }
  if (type !== 'RUN_FINISHED') return;
  answer.isComplete = true;
  const outcome = fields['outcome'];
  answer.setStop(typeof outcome === 'string' ? outcome : objectIn(outcome)?.['type']);
  for (const [figure, name] of USAGE) addFigure(answer, figure, name, fields);
  answer.setModel(objectIn(listIn(fields['usage']).at(-1))?.['model']);
}

/** A run may have used several models; each has its figures. */
function addFigure(answer: Answer, figure: keyof ResultUsage, name: string, fields: JsonObject): void {
  const numbers = listIn(fields['usage']).flatMap((one) => numberIn(objectIn(one)?.[name]) ?? []);
  if (numbers.length > 0)
    answer.count(
      figure,
      numbers.reduce((sum, number) => sum + number, 0),
    );
}
