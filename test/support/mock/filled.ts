import { AskedValues } from '../../../src/script/fill/askedValues';
import { NO_NAMES } from '../../../src/script/fill/fill';
import { Filling } from '../../../src/script/fill/filling';
import type { Script } from '../../../src/script/script';
import { newScript } from './newScript';

export interface FilledBy {
  /** Without its `?`. Default: empty. */
  query?: string;
  /** Parsed JSON. Default: none. */
  body?: unknown;
  /** Number of events of the rounds before. Default: 0. */
  before?: number;
  /** Time in milliseconds since 1970. Default: 0. */
  now?: number;
  /** Default: always 0. */
  random?: () => number;
}

/** Returns what fills in the places of a script, for a request. */
export function newFilling(script: Script, request: { query: string; body: unknown }, random: () => number): Filling {
  const filling = new Filling(new AskedValues(script.fill ?? NO_NAMES, request), random);
  filling.load(script);
  return filling;
}

/** Returns all bytes that a script sends in a round, with its places filled in. */
export function filledBytes(script: Script, by: FilledBy = {}): Buffer {
  const { query = '', body, before = 0, now = 0, random = () => 0 } = by;
  const filling = newFilling(script, { query, body }, random);
  const sent = script.steps.flatMap((step) => (step.kind === 'send' ? [...filling.parts(step, before, now)] : []));
  return Buffer.concat(sent);
}

/** Returns the text that a file sends in a round; `:@ fill` is put before it. */
export function filled(text: string, by?: FilledBy): string {
  const script = newScript(`:@ fill\n${text}`);
  const errors = script.problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(`The file has errors: ${JSON.stringify(errors)}`);
  return filledBytes(script, by).toString();
}
