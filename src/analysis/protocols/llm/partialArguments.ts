import type { Answer } from '../answer/answer';
import type { GrowingItem } from '../answer/growingItem';
import { fullText, type Json, type JsonObject, objectIn } from '../json/json';
import { readJsonPath, setAtPath } from '../json/jsonPath';

/** Adds arguments that come in pieces, as Vertex streams them: a value for each JSON path; a text goes on with that at its path. */
export function addPartialArguments(answer: Answer, item: GrowingItem, pieces: readonly Json[]): void {
  const root = objectIn(item.value);
  if (!root) return;
  for (const one of pieces) {
    if (!answer.takePath()) break;
    const piece = objectIn(one);
    const steps = readJsonPath(fullText(piece?.['jsonPath']) ?? '');
    const value = piece && pieceValue(piece);
    if (value === undefined || !answer.pay(item, value)) continue;
    const isSet =
      steps !== undefined &&
      setAtPath(root, steps, (old) => (typeof old === 'string' && typeof value === 'string' ? old + value : value));
    if (isSet) answer.tell(item, String(value));
    else answer.problem('patch');
  }
}

function pieceValue(piece: JsonObject): Json | undefined {
  if (Object.hasOwn(piece, 'nullValue')) return null;
  return piece['stringValue'] ?? piece['numberValue'] ?? piece['boolValue'];
}
