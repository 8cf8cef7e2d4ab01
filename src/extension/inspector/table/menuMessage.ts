import { integer, is, maxLength, maxValue, minValue, number, object, pipe, string } from 'valibot';
import { KEY_ACTIONS, MAX_COLUMN_PATH, ROW_ACTIONS, type ToTable } from '../../../messages/table';

const Row = object({ number: pipe(number(), integer(), minValue(1), maxValue(Number.MAX_SAFE_INTEGER)) });
const Key = object({ path: pipe(string(), maxLength(MAX_COLUMN_PATH)) });

/**
 * Returns the message that has the page do what was chosen in VS Code's menu.
 * @param name of the command, without our prefix: `row.copyData`, `key.showColumn`
 * @param place of the click as the page describes it; if it isn't a row or a key, the result is undefined
 */
export function menuMessage(name: string, place: unknown): ToTable | undefined {
  const [kind, action] = name.split('.');
  const row = ROW_ACTIONS.find((known) => known === action);
  if (kind === 'row' && row && is(Row, place)) return { type: 'rowAction', action: row, number: place.number };
  const key = KEY_ACTIONS.find((known) => known === action);
  if (kind === 'key' && key && is(Key, place)) return { type: 'keyAction', action: key, path: place.path };
  return undefined;
}
