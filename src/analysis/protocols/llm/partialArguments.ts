import { joined } from '../../../text/joined';
import type { Answer } from '../answer/answer';
import { changeableValue, type GrowingItem } from '../answer/growingItem';
import { fullText, type Json, type JsonObject, objectIn } from '../json/json';
import { missingSteps, readJsonPath, setAtPath } from '../json/jsonPath';
import { sizeOf } from '../json/sizeOf';
import { MAX_TEXT } from '../model/limits';

/** Size of an object or a list that a path makes: engines give a list that gets its first element room for more. */
const MADE = 32;

/** Adds arguments that come in pieces, as Vertex streams them: a value for each JSON path; a text goes on with that at its path. */
export function addPartialArguments(answer: Answer, item: GrowingItem, pieces: readonly Json[]): void {
  const root = objectIn(changeableValue(item));
  if (!root) return;
  for (const one of pieces) {
    if (!answer.takePath()) break;
    const piece = objectIn(one);
    const path = fullText(piece?.['jsonPath']) ?? '';
    const steps = readJsonPath(path);
    const value = piece && pieceValue(piece);
    if (value === undefined) continue;
    const missing = steps ? missingSteps(root, steps) : 0;
    // A path of 1,000 characters makes a hundred lists, and has names that are kept.
    const made = missing === 0 ? 0 : missing * MADE + path.length;
    if (!answer.pay(item, value, sizeOf(value, MAX_TEXT) + made)) continue;
    const isSet =
      steps !== undefined &&
      setAtPath(root, steps, (old) =>
        typeof old === 'string' && typeof value === 'string' ? joined(old, value) : value,
      );
    if (isSet) answer.tell(item, String(value));
    else answer.problem('patch');
  }
}

function pieceValue(piece: JsonObject): Json | undefined {
  if (Object.hasOwn(piece, 'nullValue')) return null;
  return piece['stringValue'] ?? piece['numberValue'] ?? piece['boolValue'];
}
