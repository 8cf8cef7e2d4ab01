// VS Code colors the lines in sight before it does anything else, each of up to 20,000 characters.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry } from 'vscode-textmate';
import manifest from '../../../package.json' with { type: 'json' };
import { drawn } from '../../support/random/drawn';
import { leastOf } from '../../support/time/leastOf';
import { ownTime } from '../../support/time/ownTime';

const LENGTH = 19_900;
/** Milliseconds of a line. The slowest takes a fifth when nothing else runs; one that was gone back over took seconds. */
const BOUND = 100;
const BEGINNINGS = [
  ...['', ':', ':@', ':@ wait ', ':@ wait 1s', ':@ status 503 ', ':@ method GET', ':@ header ', ':@ header a:', ':@ x'],
  ...[':@ when ', ':@ when query ', ':@ when query a', ':@ when query a = ', ':@ when query a = b', ':@ body '],
  ...['data', 'data: ', 'data: {', 'data: {{query x', 'event: ', 'id: {{', 'retry: ', 'retry: 1', 'retry: {{'],
];
const PIECES = [
  ...[' ', 'a', 'a ', '1', '1.', '1ms..', '=', '= ', ':', 'GET, ', '{', '}', '{{', '{{}}', '{{n', '{{ n ', '{{now '],
  ...[
    '{{query x',
    '{{query x ',
    '{{body }',
    '{{random 1 ',
    '"',
    '"a',
    '"a":',
    '\\',
    '\\"',
    '-1.5e',
    '[',
    '}} {{',
    '{{query {',
    '{{{{',
  ],
];

const { scopeName = '', path = '' } = manifest.contributes.grammars[0] ?? {};
const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
const registry = new Registry({
  onigLib: loadWASM(readFileSync(wasm)).then(() => ({ createOnigScanner, createOnigString })),
  loadGrammar: async (name) => (name === scopeName ? parseRawGrammar(readFileSync(path, 'utf8'), path) : null),
});
const grammar = await registry.loadGrammar(scopeName);

test.each(drawn(BEGINNINGS, 8))(
  'a long line that begins with “%s” is colored at once, whatever it repeats',
  async (beginning) => {
    for (const piece of PIECES)
      for (const end of ['', 'x']) {
        const line = beginning + piece.repeat(LENGTH / piece.length) + end;
        const time = await leastOf(BOUND, () => ownTime(() => grammar?.tokenizeLine2(line, INITIAL)));
        expect(time, `“${piece}”, “${end}”`).toBeLessThan(BOUND);
      }
  },
);

test('lines of JSON that opens ever more brackets are each colored at once: each took half a second', () => {
  const line = `data: ${'{"a":'.repeat(3000)}`;
  let stack = INITIAL;
  const times = Array.from({ length: 50 }, () =>
    ownTime(() => {
      stack = grammar?.tokenizeLine2(line, stack).ruleStack ?? INITIAL;
    }),
  );
  expect(times.sort((a, b) => a - b)[25]).toBeLessThan(BOUND);
  // With a rule for each bracket, VS Code looks at all that are open for each token.
  expect(stack).toHaveProperty('depth', 2);
});
