/** Length from which a text is yielded, in characters, and that of a string's part that is written at one go. */
const PORTION = 64 * 1024;
const HIGH_SURROGATE = /[\ud800-\udbff]$/;

/** An array or object whose members are being written. */
interface Level {
  value: Record<PropertyKey, unknown>;
  /** Names of an object's members. (Their values, too, would take V8 three times as long.) */
  keys: string[] | undefined;
  size: number;
  written: number;
}

/**
 * Yields what JSON.stringify returns for plain data, in short pieces: for a large value, that takes a second at one go.
 * @param margin that stands in each line but the first, before its indent of two blanks a level; undefined for a single line
 */
export function* jsonText(value: unknown, margin: string | undefined): Generator<string, void> {
  const open: Level[] = [];
  const line = () => (margin === undefined ? '' : `\n${margin}${'  '.repeat(open.length)}`);
  let text = '';
  for (let next = value; ; ) {
    if (typeof next === 'object' && next !== null) {
      text += Array.isArray(next) ? '[' : '{';
      open.push(levelOf(next));
    } else if (typeof next === 'string' && next.length > PORTION) {
      yield text;
      yield* stringText(next);
      text = '';
    } else text += JSON.stringify(next) ?? 'null';
    let level = open.at(-1);
    for (; level && level.written === level.size; level = open.at(-1)) {
      open.pop();
      text += `${level.written > 0 ? line() : ''}${level.keys ? '}' : ']'}`;
    }
    if (!level) break;
    const key = level.keys?.[level.written];
    text += `${level.written > 0 ? ',' : ''}${line()}`;
    if (key !== undefined) text += `${JSON.stringify(key)}:${margin === undefined ? '' : ' '}`;
    next = level.value[key ?? level.written];
    level.written += 1;
    if (text.length > PORTION) {
      yield text;
      text = '';
    }
  }
  yield text;
}

function levelOf(given: object): Level {
  const value = given as Level['value'];
  if (Array.isArray(given)) return { value, keys: undefined, size: given.length, written: 0 };
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  return { value, keys, size: keys.length, written: 0 };
}

/** Yields a long string, whose parts end at no half of a character: alone, it would be written as an escape. */
function* stringText(value: string): Generator<string, void> {
  yield '"';
  for (let from = 0; from < value.length; ) {
    const part = value.slice(from, from + PORTION);
    const whole = from + PORTION < value.length ? part.replace(HIGH_SURROGATE, '') : part;
    yield JSON.stringify(whole).slice(1, -1);
    from += whole.length;
  }
  yield '"';
}
