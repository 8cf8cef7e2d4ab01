// Mutants of a source file: small changes of behaviour, each of which a test should notice.
import { parseAst } from 'vitest/node';

/**
 * A change of a file: the text between two offsets is replaced.
 * @typedef {{ line: number, start: number, end: number, to: string }} Mutant
 * @typedef {{ type: string, start: number, end: number, [key: string]: unknown }} Node
 */

/** @type {Record<string, string>} */
const OPERATORS = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '%': '*',
  '&&': '||',
  '||': '&&',
  '??': '&&',
  '+=': '-=',
  '-=': '+=',
  '++': '--',
  '--': '++',
};
const UNDEFINED = '(undefined as never)';

/**
 * Returns the mutants of the file, in order.
 * @param {string} text TypeScript
 */
export function mutantsOf(text) {
  const mutants = /** @type {Mutant[]} */ ([]);
  const lineOf = lineFinder(text);
  /** @param {number} start @param {number} end @param {string} to */
  const replace = (start, end, to) => mutants.push({ line: lineOf(start), start, end, to });
  visit(/** @type {Node} */ (/** @type {unknown} */ (parseAst(text, { lang: 'ts' }))), (node) =>
    mutate(node, text, replace),
  );
  return mutants.sort((a, b) => a.start - b.start);
}

/** @param {Node} node @param {string} text @param {(start: number, end: number, to: string) => void} replace */
function mutate(node, text, replace) {
  const { type, start, end } = node;
  const source = text.slice(start, end);
  const [test, body, argument] = ['test', 'body', 'argument'].map((name) => asNode(node[name]));
  if (test) replace(test.start, test.end, `!(${text.slice(test.start, test.end)})`);
  if (/^(Binary|Logical|Assignment|Update)Expression$/.test(type)) swapOperator(node, text, replace);
  if (type === 'ExpressionStatement' && isCall(asNode(node['expression']))) replace(start, end, ';');
  if (type === 'AwaitExpression' && argument) replace(start, argument.start, '');
  if (type === 'UnaryExpression' && node['operator'] === '!') replace(start, start + 1, '');
  if (type === 'Literal' && typeof node['value'] === 'boolean') replace(start, end, String(!node['value']));
  if (type === 'Literal' && typeof node['value'] === 'number') replace(start, end, `(${source} + 1)`);
  if (/Function/.test(type) && body?.type === 'BlockStatement' && !isEmpty(body))
    replace(body.start, body.start + 1, `{ return ${UNDEFINED};`);
  if (type === 'ArrowFunctionExpression' && body && body.type !== 'BlockStatement')
    replace(body.start, body.end, UNDEFINED);
}

/** @param {Node} node @param {string} text @param {(start: number, end: number, to: string) => void} replace */
function swapOperator(node, text, replace) {
  const operator = String(node['operator']);
  const to = OPERATORS[operator];
  const [left, right] = [asNode(node['left']), asNode(node['right'])];
  if (to === undefined) return;
  const from = left ? left.end : node.start;
  const at = text.indexOf(operator, from);
  if (at >= 0 && at < (right?.start ?? node.end)) replace(at, at + operator.length, to);
}

/**
 * Visits the nodes that run: not types or imports.
 * @param {Node} node @param {(node: Node) => void} see
 */
function visit(node, see) {
  if (/^(TS(?!AsExpression|NonNullExpression|SatisfiesExpression)|Import)/.test(node.type)) return;
  see(node);
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value]) if (asNode(child)) visit(child, see);
}

/** @param {unknown} value @returns {Node | undefined} */
function asNode(value) {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value
    ? /** @type {Node} */ (value)
    : undefined;
}

/** @param {Node | undefined} node @returns {boolean} */
function isCall(node) {
  if (node?.type === 'AwaitExpression' || (node?.type === 'UnaryExpression' && node['operator'] === 'void'))
    return isCall(asNode(node['argument']));
  return node?.type === 'CallExpression' || node?.type === 'ChainExpression';
}

/** @param {Node} block */
function isEmpty(block) {
  return Array.isArray(block['body']) && block['body'].length === 0;
}

/** @param {string} text */
function lineFinder(text) {
  const ends = [...text.matchAll(/\n/g)].map(({ index }) => index);
  /** @param {number} place */
  return (place) => ends.filter((end) => end < place).length + 1;
}
