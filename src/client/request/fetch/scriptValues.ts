import type { AnyNode, CallExpression, NewExpression } from 'acorn';
import { CurlError } from '../curlError';
import type { Environment } from '../environment';
import { base64, isOfWindow, nameOf, queryOf, resolved } from './scriptCalls';
import { type ChangePlace, changeAt, changed, changePlaces, MAX_CHANGES, type ScriptChange } from './scriptChanges';
import type { ScriptCode } from './scriptCode';
import { constantsOf, sharedConstants } from './scriptConstants';
import type { ScriptText } from './scriptExpression';
import { indentsOf, sizeOf } from './scriptSizes';

/** Options whose values make the request; those of others are ignored. */
const READ = /^(?:method|headers|body|referrer|credentials|redirect)$/;
/** Maximum number of constants that are looked up: each may name others many times. */
const MAX_CONSTANTS = 200;
/** Maximum depth of constants that refer to others. */
const MAX_DEPTH = 10;
/** Maximum length of an indent of JSON, in characters (ECMA-262, "JSON.stringify"). */
const MAX_INDENT = 10;

/** An evaluator of expressions in JavaScript, as far as their values are in the text: no code is executed. */
export class ScriptValues {
  readonly #script: ScriptText;
  readonly #code: ScriptCode;
  readonly #environment: Environment;
  /** Indexes where the values of constants begin, by name. */
  #constants: ReadonlyMap<string, number> | undefined;
  /** Possible changes of constants, by name. */
  #changes: ReadonlyMap<string, ChangePlace[]> | undefined;
  /** Names of constants that may be changed elsewhere. */
  #shared: ReadonlySet<string> | undefined;
  /** Values of constants that were looked up, including all changes. */
  readonly #known = new Map<string, { value: unknown; size: number }>();
  #depth = 0;

  constructor(script: ScriptText, code: ScriptCode, environment: Environment) {
    [this.#script, this.#code, this.#environment] = [script, code, environment];
  }

  /** Returns the values of a call's arguments, and the index after it. Calls of methods on its result are ignored. */
  argumentsAt(expression: AnyNode): { given: unknown[]; end: number } {
    let node = expression;
    while (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && !isOfWindow(node.callee))
      node = node.callee.object;
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') throw this.#unreadable(node);
    const [first] = node.arguments;
    // fetch(new Request(url, options))
    if (first?.type === 'NewExpression' && nameOf(first) === 'Request') return this.argumentsAt(first);
    const given = node.arguments.slice(0, 2).map((argument, at) => this.#value(argument, at === 1));
    return { given, end: expression.end };
  }

  /** Returns the value of an expression. @param areOptions whether it is the argument after the URL */
  #value(node: AnyNode, areOptions = false): unknown {
    switch (node.type) {
      case 'Literal':
        if (node.regex) throw this.#unreadable(node);
        return node.value;
      case 'TemplateLiteral':
        return node.quasis
          .map(
            ({ value }, at) =>
              (value.cooked ?? '') + (at < node.expressions.length ? this.#part(node.expressions[at]) : ''),
          )
          .join('');
      case 'ObjectExpression':
        return Object.fromEntries(node.properties.map((property) => this.#property(property, areOptions)));
      case 'ArrayExpression':
        return node.elements.map((element) => element && this.#value(element));
      case 'BinaryExpression':
        if (node.operator !== '+') throw this.#unreadable(node);
        return this.#sum(this.#value(node.left), this.#value(node.right));
      case 'UnaryExpression':
        return this.#unary(node.operator, this.#value(node.argument), node);
      case 'CallExpression':
      case 'NewExpression':
        return this.#call(node);
      case 'Identifier':
        return node.name === 'undefined' ? undefined : this.#constant(node.name, areOptions);
      case 'MemberExpression':
        return this.#placeholder(node);
      default:
        throw this.#unreadable(node);
    }
  }

  #part(node: AnyNode | undefined): string {
    return node ? this.#textOf(this.#value(node)) : '';
  }

  #sum(left: unknown, right: unknown): unknown {
    if (typeof left === 'number' && typeof right === 'number') return left + right;
    return this.#textOf(left) + this.#textOf(right);
  }

  /** Returns the value as text. A string was already counted with its constant. */
  #textOf(value: unknown): string {
    return typeof value === 'string' ? value : this.#environment.counted(String(value));
  }

  #property(node: AnyNode, isOption: boolean): [string, unknown] {
    if (node.type !== 'Property' || node.computed) throw this.#unreadable(node);
    const { key, value } = node;
    const name = key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : undefined;
    if (name === undefined) throw this.#unreadable(key);
    // Callbacks are ignored. For any other function, the purpose isn't known.
    if (isOption && !READ.test(name) && /Function/.test(value.type)) return [name, () => undefined];
    if (name === '__proto__') throw this.#unreadable(node);
    return [name, isOption && !READ.test(name) && value.type !== 'Literal' ? true : this.#value(value)];
  }

  #unary(operator: string, value: unknown, node: AnyNode): unknown {
    if (operator === '-') return -Number(value);
    if (operator === '!') return !value;
    if (operator === 'void') return undefined;
    throw this.#unreadable(node);
  }

  #call(node: CallExpression | NewExpression): unknown {
    const name = nameOf(node);
    const [first, second, indent] = node.arguments.map((argument) => this.#value(argument));
    switch (name) {
      case 'JSON.stringify':
        if (second !== undefined && second !== null) throw this.#unreadable(node);
        return this.#stringified(first, typeof indent === 'number' || typeof indent === 'string' ? indent : '');
      case 'URL':
        return second === undefined
          ? this.#textOf(first)
          : this.#certain(resolved(this.#textOf(first), this.#textOf(second)), node);
      case 'String':
        return this.#textOf(first);
      case 'encodeURIComponent':
        return this.#environment.counted(encodeURIComponent(this.#textOf(first)));
      case 'btoa':
        return this.#certain(base64(this.#textOf(first)), node);
      case 'Headers':
      case 'Object':
        return first ?? {};
      case 'URLSearchParams':
        return queryOf(first ?? '', (value) => this.#textOf(value));
      case 'FormData':
        throw new CurlError('unsupported', name);
      case 'AbortController':
      case 'AbortSignal.timeout':
        return undefined;
      default:
        throw this.#unreadable(node);
    }
  }

  #certain(text: string | undefined, node: AnyNode): string {
    if (text === undefined) throw this.#unreadable(node);
    return this.#environment.counted(text);
  }

  /** Returns the value of a constant of the same text; if it isn't known, its name is a placeholder. */
  #constant(name: string, areOptions: boolean): unknown {
    this.#constants ??= constantsOf(this.#code.text);
    const index = this.#constants.get(name);
    const key = `${areOptions} ${name}`;
    const known = this.#known.get(key);
    if (known) {
      this.#environment.count(known.size);
      return known.value;
    }
    if (
      index === undefined ||
      !this.#code.isSeen(index) ||
      this.#depth >= MAX_DEPTH ||
      this.#known.size >= MAX_CONSTANTS
    )
      return this.#named(name);
    this.#depth += 1;
    try {
      const node = this.#script.expressionAt(index);
      const initial = this.#value(node, areOptions);
      // A URL object is represented by its text.
      const isObject = node.type === 'NewExpression' || (typeof initial === 'object' && initial !== null);
      const value = this.#changed(initial, this.#changesOf(name, index, isObject));
      this.#known.set(key, { value, size: sizeOf(value) });
      return value;
    } catch (error) {
      const isFinal = error instanceof CurlError && /^(?:unsupported|tooComplex)$/.test(error.code);
      if (!(error instanceof SyntaxError || error instanceof CurlError) || isFinal) throw error;
      const value = this.#named(name);
      this.#known.set(key, { value, size: value.length });
      return value;
    } finally {
      this.#depth -= 1;
    }
  }

  /** Returns a constant's value with the changes applied. */
  #changed(initial: unknown, changes: readonly ScriptChange[]): unknown {
    let value = initial;
    for (const change of changes) {
      // The whole value is copied.
      this.#environment.count(sizeOf(value));
      value = changed(
        value,
        change,
        change.given.map((given) => this.#value(given)),
      );
      if (value === undefined) throw this.#unreadable(change.node);
    }
    return value;
  }

  /**
   * Returns the changes of a constant before the call.
   * @param from index where its value begins
   * @throws {CurlError} if they aren't known
   */
  #changesOf(name: string, from: number, isObject: boolean): ScriptChange[] {
    this.#changes ??= changePlaces(this.#code.text);
    this.#shared ??= sharedConstants(this.#code.text, new Set(this.#changes.keys()));
    if (isObject && this.#shared.has(name)) throw new CurlError('fetch', name);
    const isLate = this.#code.isAfter(from);
    const places = (this.#changes.get(name) ?? []).filter(({ index }) => isLate || !this.#code.isAfter(index));
    if (places.length > MAX_CHANGES) throw new CurlError('fetch', name);
    return places.flatMap((place) => {
      const change = changeAt(this.#script, place);
      if (change && !this.#code.isSettled(place.index)) throw this.#unreadable(change.node);
      return change ?? [];
    });
  }

  /** Returns the value as JSON. Its indents are counted first: each level adds one to each of its lines. */
  #stringified(value: unknown, indent: string | number): unknown {
    if (indent !== '') this.#environment.count(indentsOf(value, 1) * MAX_INDENT);
    const text: unknown = JSON.stringify(value, undefined, indent);
    return typeof text === 'string' ? this.#environment.counted(text) : text;
  }

  #placeholder(node: AnyNode): string {
    return this.#named(this.#script.text.slice(node.start, node.end));
  }

  #named(expression: string): string {
    const subject = `\${${expression}}`;
    return this.#environment.fill(subject, subject, undefined);
  }

  #unreadable({ start, end }: { start: number; end: number }): CurlError {
    return new CurlError('fetch', this.#script.text.slice(start, end));
  }
}
