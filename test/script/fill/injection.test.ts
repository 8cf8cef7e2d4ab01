import { expect, test } from 'vitest';
import { fitsAll } from '../../../src/script/condition';
import { parseScript } from '../../../src/script/parseScript';
import { problemText } from '../../../src/script/problemText';
import type { Script } from '../../../src/script/script';
import { EventStreamParser, type IncomingEvent } from '../../../src/stream/parse';
import { inEnglish } from '../../../src/text/translate';
import { filledBytes } from '../../support/mock/filled';
import { newScript } from '../../support/mock/newScript';
import { fuzz } from '../../support/random/fuzz';
import { mutate } from '../../support/random/random';
import { fearedValue, randomPlaces, randomTop } from '../../support/random/randomPlaces';

/** A value that is written the same everywhere. */
const PLAIN = 'VALUE';

/** Returns a text as UTF-8 has it: without lone surrogates. */
const wellFormed = (text: string) => Buffer.from(text).toString();

/** Returns the events that clients get of a script, if all that its places ask for has this value. */
function eventsOf(script: Script, value: string): { events: IncomingEvent[]; retries: number } {
  const events: IncomingEvent[] = [];
  let retries = 0;
  const onRetry = () => {
    retries += 1;
  };
  const parser = new EventStreamParser((event) => events.push(event), { onRetry });
  const query = `q=${encodeURIComponent(wellFormed(value))}`;
  parser.feed(filledBytes(script, { query, body: { t: value } }));
  return { events, retries };
}

/** Whether the data is that of the plain value, with each of these replaced by another value, as text or in a JSON string. */
function isFilled(data: string, plain: string, value: string): boolean {
  const forms = [wellFormed(value.replace(/\r\n?/g, '\n')), JSON.stringify(value).slice(1, -1)];
  // The query has no lone surrogates.
  forms.push(JSON.stringify(wellFormed(value)).slice(1, -1));
  // All ends of the data that can be those behind the parts so far.
  let ends = new Set([0]);
  for (const [index, part] of plain.split(PLAIN).entries()) {
    const values = index === 0 ? [''] : forms;
    const next = [...ends].flatMap((end) => values.map((form) => [end, form + part] as const));
    ends = new Set(next.flatMap(([end, text]) => (data.startsWith(text, end) ? [end + text.length] : [])));
  }
  return ends.has(data.length);
}

test('whatever the values are, the events are the same, and none has a field that the file doesn’t give it', async () => {
  let filledOnes = 0;
  const { runs, areMany } = await fuzz(
    500,
    (random) => {
      const script = newScript(`:@ fill\n${randomPlaces(random)}`);
      if (script.problems.some(({ severity }) => severity === 'error')) return;
      const value = fearedValue(random);
      const [plain, other] = [eventsOf(script, PLAIN), eventsOf(script, value)];
      expect(other.events).toHaveLength(plain.events.length);
      expect(plain.events).toHaveLength(script.events);
      for (const [index, event] of other.events.entries()) {
        const expected = plain.events[index];
        expect([event.id, event.lastEventId]).toEqual([expected?.id, expected?.lastEventId]);
        // Halves of a character, with a line end between them, don't become one.
        const type = expected?.event.replaceAll(PLAIN, wellFormed(value).replace(/[\r\n]/g, '')) ?? '';
        expect(event.event).toBe(type === '' ? 'message' : type);
        expect([value, expected?.data, event.data, isFilled(event.data, expected?.data ?? '', value)]).toEqual([
          value,
          expected?.data,
          event.data,
          true,
        ]);
        filledOnes += expected?.data.includes(PLAIN) ? 1 : 0;
      }
    },
    { failed: [1795778529] },
  );
  if (areMany) expect(filledOnes).toBeGreaterThan(runs / 10);
});

test('no file with such directives or places throws, and each of its problems has a sentence', async () => {
  await fuzz(1000, (random) => {
    const text = `${randomTop(random)}${randomPlaces(random)}`;
    const file = random() < 0.5 ? text : mutate(text, random);
    const script = parseScript(Buffer.from(file));
    const lines = Buffer.from(file)
      .toString()
      .split(/\r\n|\r|\n/);
    for (const problem of script.problems) {
      const shown = problem.line === 0 ? lines[0]?.replace(/^\ufeff/, '') : lines[problem.line];
      expect(shown?.slice(problem.column, problem.endColumn)).toBe(problem.text);
      expect(problemText(inEnglish, problem)).not.toBe('');
    }
    const value = fearedValue(random);
    const asked = { number: 1, query: value, headers: { x: value }, body: { a: [value], t: value } };
    fitsAll(script.reply.when, asked);
    if (!script.problems.some(({ severity }) => severity === 'error')) filledBytes(script, { body: asked.body });
  });
});
