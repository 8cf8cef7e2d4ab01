// Finds secrets in texts that consist of lines: headers, YAML, settings.
import type { Holder } from './nameMeanings';
import type { Finder } from './secretFinder';
import { MAX_NAME } from './secretNames';
import { isHeld, Pairing } from './secretPairs';
import { LINE_ENDS } from './signs';

/** Prefix of a line's name: `- `, `export `, `$env:`. */
const BEFORE =
  /^\s*(?:-\s+)*(?:(?:export|set|env|arg|local|declare(?:\s+-\w+)*|const|let|var)\s+(?=[^\s=][^=\r\n]*=)|\$(?:env:)?)?/i;
/** A name of one or two words, or of more in quotes; after an article, it is part of a sentence. */
const NAME = /^(?:(["'])([\w.[\]/ -]+)(?=\1)|(?!(?:the|an?|this|that) )["']?([\w.[\]/-]+(?: [\w.[\]/-]+)?))/i;
/** `set -x NAME value`, `setenv NAME value`, of shells; `ENV NAME value`, of a Dockerfile. */
const ASSIGNED = /^\s*(?:set\s+(?:-\S+\s+)+|setenv\s+|ENV\s+(?=\w+\s+[^\s=:]))(\w+)[ \t]+(?=\S)/;
/** `name: value`, `name = value`. */
const SIGN = /^["']?(?:\s?:(?![:/])|[ \t]+=)[ \t]*/;
/** `- name=value`, `export name=value`. */
const LISTED_SIGN = /^["']?(?:\s?:(?![:/])|[ \t]*=)[ \t]*/;
/** Values in YAML that refer to the lines below. */
const BLOCK = /^(?:[|>][-+\d]*)?\s*(?:#.*)?$/;
/** Keys of OpenAPI that describe data, rather than being data. */
const SCHEMA = /^\s*(?:type|\$ref|description|format)\s*:/;

/** Finds `name: value` and its like, one on each line, and in YAML the lines below a name. */
export function scanLines(text: string, finder: Finder): void {
  const reader = { pairing: new Pairing(finder, true), finder, blocks: [] };
  let start = 0;
  while (start < text.length) {
    const end = LINE_ENDS.next(text, start);
    start = Math.max(end, scanLine(text, start, end, reader)) + 1;
  }
}

interface LineReader {
  pairing: Pairing;
  finder: Finder;
  /** Blocks of YAML that the line may belong to, outermost first. */
  blocks: Block[];
}

/** The lines below a name that is named after a secret, and has members. */
interface Block {
  holder: Holder;
  indent: number;
  /** Indent of the members, which is that of the first. */
  inner: number | undefined;
}

/** Reads a line. @returns the end of what the line names */
function scanLine(text: string, start: number, end: number, { pairing, finder, blocks }: LineReader): number {
  const { names } = finder;
  const head = text.slice(start, Math.min(end, start + MAX_NAME + 20));
  const { before, name, length } = nameIn(head);
  if (length === 0) {
    // A list item of YAML, with its content on one line.
    const item = /^\s*(?:-\s+)+(?=[[{])/.exec(head)?.[0].length ?? 0;
    if (item > 0) finder.inside(start + item, end);
    return end;
  }
  const at = start + length;
  const value = text.slice(at, Math.min(end, at + MAX_NAME));
  const { isLabel, isValue } = names.of(name);
  if (isLabel && pairing.name(name, value.trim().replace(/^(["'])(.*)\1$/, '$2'))) return end;
  const label = isValue ? pairing.label : '';
  const holder = holderAt(blocks, before.length);
  const called = label || (isHeld(holder, name, isWord(value)) && holder?.name) || name;
  // The name may be that of a header.
  const isSecret = /^x-/i.test(called) ? names.isSecret(called, 'header') : names.of(called).isSecret;
  if (BLOCK.test(value)) {
    if (isSecret && (value.trim() !== '' || names.of(called).isWhole))
      return scanBlock(text, called, { from: end, indent: before.length, isText: value.trim() !== '' }, finder);
    const own = names.of(name).holder;
    if (own) blocks.push({ holder: own, indent: before.length, inner: undefined });
    return end;
  }
  if (isSecret && !names.isHarmless(called, value)) {
    const last = textEnd(text, at, end);
    finder.secret(called, at, last);
    return last;
  }
  // A text with quotes is read as JSON anyway.
  if (/^(?:[[{%]|[\w.-]+=)/.test(value) && !value.includes('"')) finder.inside(at, end);
  // The line may set several variables.
  if (/[a-z]\s*$/i.test(before) && value.includes('=')) finder.inside(start + before.length, end);
  if (isValue && label === '') pairing.value(at, end);
  return end;
}

/** Returns the holder of the block in which a line of that indent is a member; undefined if there is none. */
function holderAt(blocks: Block[], indent: number): Holder | undefined {
  while ((blocks.at(-1)?.indent ?? -1) >= indent) blocks.pop();
  const block = blocks.at(-1);
  if (!block) return undefined;
  block.inner ??= indent;
  return block.inner === indent ? block.holder : undefined;
}

/** Whether a value is text: in YAML, other types have no quotes. */
function isWord(value: string): boolean {
  return !/^(?:[\d.]+|true|false|null|~)?\s*(?:#.*)?$/i.test(value);
}

/**
 * Returns the name with which the line begins, its prefix, and the length of everything up to the value; 0 if there is no
 * name. It works in steps, each of which reads a character once: one expression would try a long name at each shorter
 * length.
 */
function nameIn(line: string): { before: string; name: string; length: number } {
  const [assigned = '', variable = ''] = ASSIGNED.exec(line) ?? [];
  if (assigned !== '') return { before: '', name: variable, length: assigned.length };
  const [before = ''] = BEFORE.exec(line) ?? [];
  const [found = '', , quoted, plain = ''] = NAME.exec(line.slice(before.length)) ?? [];
  const sign = before.trim() === '' ? SIGN : LISTED_SIGN;
  const named = before.length + found.length;
  const [signed = ''] = found === '' ? [] : (sign.exec(line.slice(named)) ?? []);
  return { before, name: quoted ?? plain, length: signed === '' ? 0 : named + signed.length };
}

/** Returns the end of a value in three quotes, which goes on over lines, as in TOML; otherwise the end of the line. */
function textEnd(text: string, at: number, end: number): number {
  const quotes = text.slice(at, at + 3);
  if (quotes !== '"""' && quotes !== "'''") return end;
  const close = text.indexOf(quotes, at + 3);
  return close < 0 ? text.length : Math.max(end, close + 3);
}

/** Finds the lines that are indented further. @returns their end */
function scanBlock(
  text: string,
  name: string,
  { from, indent, isText }: { from: number; indent: number; isText: boolean },
  finder: Finder,
): number {
  if (!isText && SCHEMA.test(text.slice(from, from + MAX_NAME))) return from;
  let [first, last] = [-1, from];
  for (let at = from; at < text.length; ) {
    // The LF of a CRLF is a blank line here.
    const begin = at + 1;
    const end = LINE_ENDS.next(text, begin);
    const content = skipBlanks(text, begin, end);
    const isIn =
      content - begin > indent || (!isText && content - begin === indent && /[-•]/.test(text.charAt(content)));
    if (content < end && !isIn) break;
    if (content < end) [first, last] = [first < 0 ? content : first, end];
    at = end;
  }
  if (first < 0) return from;
  const value = text.slice(first, Math.min(last, first + MAX_NAME));
  if (!finder.names.isHarmless(name, value)) finder.secret(name, first, last);
  return last;
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && /[ \t]/.test(text.charAt(at))) at += 1;
  return at;
}

/** Lines that may occur among settings: of a section, a comment, a list, or further indented. */
const BESIDE = /^(?:\s*[-#;[\]}]|\s+\S)/;
/** An instruction of a Dockerfile, or the first line of a request. */
const INSTRUCTION = /^[A-Z]{2,12} \S/;
/** A single line that isn't written like a sentence: `- name: value`, `name : value`, `name = value`, `ENV NAME=value`. */
const ALONE = /^\s*-\s|^[^:=]*[ \t][:=]|^\s*(?:export|set|ENV|ARG|declare|local|const|let|var)\s[^:=]*=/;

/**
 * Whether the text consists of such lines only: a letter has other lines, too.
 * @param least minimum number of settings; default: two, or one among other such lines
 */
export function isOfLines(text: string, least = 1): boolean {
  // A single line has to be unambiguous by itself.
  if (!/[\r\n]/.test(text) && (least > 1 || !ALONE.test(text.slice(0, MAX_NAME + 20)))) return false;
  let [settings, others, first] = [0, 0, ''];
  for (let start = 0; start < text.length; ) {
    const end = LINE_ENDS.next(text, start);
    const line = text.slice(start, Math.min(end, start + MAX_NAME + 20));
    if (line.trim() !== '') {
      if (/^[\w.-]+=/.test(line) || nameIn(line).length > 0) settings += 1;
      else if (BESIDE.test(line) || INSTRUCTION.test(line)) others += 1;
      else return false;
      first ||= line;
    }
    start = end + 1;
  }
  return settings > 1 || (settings === least && (others > 0 || ALONE.test(first)));
}
