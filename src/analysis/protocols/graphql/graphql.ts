import { shortText } from '../answer/answerFacts';
import type { Answers } from '../answer/answers';
import type { Assembler } from '../answer/assembler';
import { idKey } from '../answer/idKey';
import { fullText, type Maybe, objectIn } from '../json/json';
import type { ProtocolEvent } from '../model/protocolEvent';
import { addPayload, type Operation } from './operation';

/** State of an assembly of GraphQL over SSE. */
export interface GraphqlState {
  answers: Answers;
  /** Operations that aren't over, by the `idKey` of their id in single-connection mode; else the id is empty. */
  operations: Map<string, Operation>;
}

/** Maximum number of operations at a time. */
const MAX_OPERATIONS = 1000;

/** Assembles GraphQL over SSE: each result of a subscription, or one that comes in increments. */
export const graphql: Assembler<GraphqlState> = {
  start: (answers) => ({ answers, operations: new Map() }),
  takesText: true,
  add(state, event, value) {
    if (event.event === 'complete') complete(state, event, value);
    else if (event.event === 'next') addNext(state, value);
  },
  end: ({ answers }) => answers.current.close(),
};

function addNext({ answers, operations }: GraphqlState, value: Maybe): void {
  const message = objectIn(value);
  if (!message) return;
  const inner = objectIn(message['payload']);
  const id = inner ? (fullText(message['id']) ?? '') : '';
  const operation = operations.get(idKey(id)) ?? { id: shortText(id) ?? '', document: undefined, pending: new Map() };
  if (operations.size < MAX_OPERATIONS) operations.set(idKey(id), operation);
  const answer = answers.current;
  answer.isComplete = false;
  addPayload(answer, operation, inner ?? message);
}

/** Without an id it ends the stream; with one, in single-connection mode, that operation. */
function complete({ answers, operations }: GraphqlState, event: ProtocolEvent, value: Maybe): void {
  const id = fullText(objectIn(value)?.['id']);
  if (id === undefined) operations.clear();
  else operations.delete(idKey(id));
  if (event.data.trim() === '' || operations.size === 0) answers.current.isComplete = true;
}
