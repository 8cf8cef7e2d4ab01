import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry } from 'vscode-textmate';
import manifest from '../../../package.json' with { type: 'json' };
import { DIRECTIVE_NAMES } from '../../../src/script/directive';
import { newScript } from '../../support/mock/newScript';

const { scopeName = '', path = '' } = manifest.contributes.grammars[0] ?? {};
const wasm = createRequire(import.meta.url).resolve('vscode-oniguruma/release/onig.wasm');
const onigLib = loadWASM(readFileSync(wasm)).then(() => ({ createOnigScanner, createOnigString }));
const registry = new Registry({
  onigLib,
  loadGrammar: async (name) => (name === scopeName ? parseRawGrammar(readFileSync(path, 'utf8'), path) : null),
});
const grammar = await registry.loadGrammar(scopeName);

/** Returns the tokens of each line with their innermost scope, without the language's own name at its end. */
function tokens(...lines: string[]): string[][] {
  let stack = INITIAL;
  return lines.map((line) => {
    const result = grammar?.tokenizeLine(line, stack);
    if (!result) throw new Error('There is no grammar.');
    stack = result.ruleStack;
    return result.tokens.map(({ startIndex, endIndex, scopes }) => {
      const scope = scopes.at(-1)?.replace(/\.sse$/, '');
      return `${line.slice(startIndex, endIndex)} → ${scope}`;
    });
  });
}

/** Returns the tokens of a line that have a scope of their own. */
const scoped = (line: string) => tokens(line)[0]?.filter((token) => !/→ (text|meta\.directive)$/.test(token));
const isRefused = (line: string) => scoped(line)?.some((token) => token.includes('→ invalid.')) ?? false;

const MARK = ':@ → punctuation.definition.directive';
const keyword = (name: string) => `${name} → keyword.control.directive`;

test.each<[line: string, tokens: string[]]>([
  [':@ wait 1.25s', [MARK, keyword('wait'), '1.25 → constant.numeric.pause', 's → keyword.other.unit']],
  [':@wait 80ms ', [MARK, keyword('wait'), '80 → constant.numeric.pause', 'ms → keyword.other.unit']],
  [':@ drop', [MARK, keyword('drop')]],
  [':@ \tno-newline ', [MARK, keyword('no-newline')]],
  [':@ method POST', [MARK, keyword('method'), 'POST → constant.language.method']],
  [':@ status 404', [MARK, keyword('status'), '404 → constant.numeric.status']],
  [
    ':@ status 503 retry-after 2',
    [
      MARK,
      keyword('status'),
      '503 → constant.numeric.status',
      'retry-after → keyword.other.retry-after',
      '2 → constant.numeric.retry-after',
    ],
  ],
  [':@ when request 2', [MARK, keyword('when'), 'request → keyword.other.condition', '2 → constant.numeric.request']],
  [
    ':@ when body /a = two words',
    [
      MARK,
      keyword('when'),
      'body → keyword.other.condition',
      '/a → variable.other.name',
      '= → keyword.operator.comparison',
      'two words → string.unquoted.value',
    ],
  ],
  [':@ fill', [MARK, keyword('fill')]],
  [':@ when cookie a = b', [MARK, keyword('when'), 'cookie a = b → invalid.illegal.argument']],
  [':@ wait 5', [MARK, keyword('wait'), '5 → invalid.illegal.argument']],
  [':@ drop now', [MARK, keyword('drop'), 'now → invalid.illegal.argument']],
  [':@ pause 1s', [MARK, 'pause 1s → invalid.illegal.directive']],
  [':@ waiting', [MARK, 'waiting → invalid.illegal.directive']],
])('a directive is a keyword with its arguments: %s', (line, expected) => {
  expect(scoped(line)).toEqual(expected);
});

test.each<[line: string, tokens: string[]]>([
  [': keep-alive', [': → punctuation.definition.comment', ' keep-alive → comment.line.colon']],
  [':', [': → punctuation.definition.comment']],
  [':@@ wait 1s', [': → punctuation.definition.comment', '@@ wait 1s → comment.line.colon']],
  ['data: a: b', ['data → entity.name.tag.data', ': → punctuation.separator', 'a: b → string.unquoted.data']],
  ['data:a', ['data → entity.name.tag.data', ': → punctuation.separator', 'a → string.unquoted.data']],
  ['data', ['data → entity.name.tag.data']],
  ['event: x', ['event → entity.name.tag.event', ': → punctuation.separator', 'x → entity.name.type.event']],
  ['id: 7', ['id → entity.name.tag.id', ': → punctuation.separator', '7 → variable.other.constant.id']],
  ['retry: 3000', ['retry → entity.name.tag.retry', ': → punctuation.separator', '3000 → constant.numeric.retry']],
  ['retry: 3s', ['retry → entity.name.tag.retry', ': → punctuation.separator', '3s → invalid.illegal.retry']],
  ['Data: x', ['Data → invalid.illegal.field', ': → punctuation.separator']],
  [' :@ drop', ['  → invalid.illegal.field', ': → punctuation.separator']],
  ['datum', ['datum → invalid.illegal.field']],
  ['', []],
])('a comment, and a field with its value: %j', (line, expected) => {
  expect(scoped(line)).toEqual(expected);
});

const BEGIN = '{{ → punctuation.definition.template-expression.begin';
const PROPERTY = 'support.type.property-name.json';
const END = '}} → punctuation.definition.template-expression.end';

/** Returns the tokens of a line's places. */
const placed = (line: string) =>
  tokens(line)[0]?.filter((token) =>
    /→ (punctuation\.definition\.temp|variable\.language|string\.unquoted\.arg|constant\.character|string\.quoted|support\.type)/.test(
      token,
    ),
  );

test.each<[line: string, tokens: string[]]>([
  ['data: a {{n}}', [BEGIN, 'n → variable.language.place', END]],
  ['data: {{ now  ms }} b', [BEGIN, 'now  ms → variable.language.place', END]],
  ['event: {{query a b}}', [BEGIN, 'query → variable.language.place', 'a b → string.unquoted.argument', END]],
  ['id: o-{{n}}', [BEGIN, 'n → variable.language.place', END]],
  ['retry: {{random 1 5}}', [BEGIN, 'random → variable.language.place', '1 5 → string.unquoted.argument', END]],
  [': {{uuid}}', [BEGIN, 'uuid → variable.language.place', END]],
  [
    'data: {"a": {{n}}}',
    [...['"', 'a', '"'].map((text) => `${text} → ${PROPERTY}`), BEGIN, 'n → variable.language.place', END],
  ],
  [
    'data: ["{{body /a}}"]',
    [
      '" → string.quoted.double.json',
      BEGIN,
      'body → variable.language.place',
      '  → string.quoted.double.json',
      '/a → string.unquoted.argument',
      END,
      '" → string.quoted.double.json',
    ],
  ],
  ['data: {{{{n}}', ['{{{{ → constant.character.escape']],
  ['data: {{x}} {{n', []],
  [':@ body {{n}}', []],
])('places are highlighted, in JSON, too: %s', (line, expected) => {
  expect(placed(line)).toEqual(expected);
});

test('data in JSON are highlighted as such, even over several lines', () => {
  const json = tokens('data: {"a":', 'data:  1}', 'data: b').map((line) =>
    line.filter((token) => !/→ (text|entity|punctuation)/.test(token)),
  );
  expect(json).toEqual([
    ['"', 'a', '"'].map((text) => `${text} → ${PROPERTY}`),
    ['  → meta.embedded.json', '  → meta.embedded.json', '1 → constant.numeric.json'],
    ['  → meta.embedded.json', 'b → meta.embedded.json'],
  ]);
});

test.each([
  ['', 'data: a'],
  [':@ drop', ''],
  [': comment', ''],
  ['id: 1', 'event: x'],
  ['Data: x', ':@ wait 1s'],
])('JSON that is cut ends with its lines of data, whatever follows: %j', (...next) => {
  const alone = next.map((line) => tokens(line)[0]);
  expect(tokens('data: {"a": "cut', ...next).slice(1)).toEqual(alone);
});

test('invalid parts of directives and fields are the same in the grammar and in the file’s problems', () => {
  const rests = [
    '',
    ' ',
    ' 1s',
    ' 5',
    ' 204',
    ' 200',
    ' 503 retry-after 1',
    ' 503 retry-after',
    ' POST',
    ' post',
    ' x y',
  ];
  const lines = [...DIRECTIVE_NAMES, 'constructor', 'Wait', 'drops'].flatMap((name) =>
    rests.map((rest) => `:@ ${name}${rest}`),
  );
  const fields = ['data', 'data:x', 'event:', 'id', 'retry: 1', 'retry: -1', 'retry: 1 ', 'Data: x', ' data: x', 'x'];
  for (const line of [...lines, ...fields]) {
    const { problems } = newScript(line);
    const isWrong = problems.some(({ code }) => ['directive', 'unknownField', 'badRetry'].includes(code));
    // Something missing can't be marked.
    const isMissing = problems.some(
      ({ text, directive = '' }) => line.trim().endsWith(`:@ ${directive}`) && text === directive,
    );
    if (!isMissing) expect([line, isRefused(line)]).toEqual([line, isWrong]);
  }
});

test.each(readdirSync('media/templates'))('nothing in the template %s is marked as invalid', (file) => {
  const lines = readFileSync(join('media/templates', file), 'utf8').split('\n');
  const all = tokens(...lines).flat();
  expect(all.filter((token) => token.includes('→ invalid'))).toEqual([]);
  // Its data is JSON, of which the empty file has two strings.
  expect(all.filter((token) => /→ (string\.quoted)/.test(token)).length).toBeGreaterThan(1);
});

test('a line comment can’t be toggled: a comment is sent, and “:@ wait 1s” would become a field', () => {
  const { configuration } = manifest.contributes.languages.find(({ id }) => id === 'sse') ?? {};
  const { brackets, comments } = JSON.parse(readFileSync(configuration ?? '', 'utf8'));
  expect(brackets).not.toEqual([]);
  expect(comments).toBeUndefined();
});
