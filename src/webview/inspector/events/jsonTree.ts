import type { InspectorStrings } from '../../../messages/inspector';
import { withEscapes } from '../../../text/foreignText';
import { isNested, type JsonMembers, membersOf, sourceAt, stringAt } from '../../../text/jsonMembers';
import { PIECE_COST, shorten } from '../../../text/textCost';
import type { FarGroups } from '../../shared/farGroups';
import { LongText } from '../../shared/longText';
import { childPath } from './columns/jsonPaths';
import { isWithin, openAtFirst } from './jsonText';
import type { OpenFolds } from './openFolds';

/** Depth to which objects and arrays are open at first. */
const OPEN_DEPTH = 5;
/** Maximum length of a text for that depth, in characters; of a longer one, only the first level is open. */
const LONG = 10_000;
/** Number of lines up to which all is open. */
const SHORT = 50;
/** Maximum number of members shown without a click, in total: they take some 30 ms. */
const OPEN_MEMBERS = 300;
/** Number of members from which on they are a group, which isn't displayed far away. */
const GROUP_SIZE = 20;
/** Maximum number of members shown at once; more are shown in folds of this many each. */
const MAX_MEMBERS = 100;
/** Maximum cost of the strings that one click shows, keys and values together; each has a button for the rest. */
const STRINGS_COST = 240_000;
/**
 * Maximum cost of a key before its value, and its share of the member's cost. A longer key is shown in full on a line
 * before it.
 */
const KEY_COST = 2000;
const KEY_PART = 1 / 3;

/** Offsets of a member's key and value. */
interface Member {
  key: number | undefined;
  value: number;
  /** JSON path of the value; undefined if it has none that can be written. */
  path: string | undefined;
}

/** Members of an object or array with that path. */
interface Members extends JsonMembers {
  path: string | undefined;
}

/**
 * Collapsible, pretty-printed JSON. A fold is read from the text and created when it is opened, so that only visible parts
 * take time, and everything is shown as it was sent.
 */
export class JsonTree {
  readonly #text: string;
  readonly #strings: InspectorStrings;
  readonly #opened: OpenFolds;
  readonly #groups: FarGroups;
  /** String that was read last, cached because a key is read twice. */
  #read = { at: -1, string: '' };

  /**
   * @param text JSON object or array
   * @param folds those that the user has opened or closed
   * @param groups of the part that scrolls
   */
  constructor(text: string, strings: InspectorStrings, folds: OpenFolds, groups: FarGroups) {
    this.#text = text;
    this.#opened = folds;
    this.#groups = groups;
    this.#strings = strings;
  }

  draw(): HTMLElement {
    const tree = make('div', 'json');
    const root = { key: undefined, value: this.#text.search(/\S/), path: '' };
    const isLong = this.#text.length > LONG;
    const levels = isLong ? 1 : isWithin(this.#text, root.value, SHORT) ? SHORT : OPEN_DEPTH;
    const open = this.#opened.openIn(this.#text, root.value, this.#openAtFirst([root.value], levels));
    const shown = [...open].reduce((sum, at) => sum + membersOf(this.#text, at).values.length, 1);
    tree.append(this.#node(root, open, '', STRINGS_COST / shown));
    return tree;
  }

  #openAtFirst(values: number[], levels: number): ReadonlySet<number> {
    return openAtFirst(this.#text, values, { levels, members: MAX_MEMBERS, budget: OPEN_MEMBERS });
  }

  /**
   * @param open offsets of the open objects and arrays
   * @param comma text after the value, if another follows
   * @param room cost for the strings of a member that is shown at once
   */
  #node({ key, value, path }: Member, open: ReadonlySet<number>, comma: string, room: number): HTMLElement {
    const name = key === undefined ? [] : [make('span', 'key', shorten(this.#string(key), keyRoom(room))), ': '];
    if (!isNested(this.#text, value)) return this.#leaf({ key, value, path }, name, comma, room);
    const members = membersOf(this.#text, value);
    const { length } = members.values;
    const [begin, end] = this.#text[value] === '[' ? ['[', ']'] : ['{', '}'];
    if (length === 0) {
      const line = make('div', 'leaf');
      line.append(...name, begin, end, comma);
      return line;
    }
    const summary = make('summary');
    summary.append(...name, begin, make('span', 'folded', `… ${length} ${end}${comma}`));
    const inside = open.has(value) ? room : STRINGS_COST / Math.min(length, MAX_MEMBERS);
    if (key !== undefined) offerAsColumn(summary, path);
    const content = () => [
      ...this.#wholeKey(key, room),
      // Read again, because a closed fold retains nothing.
      ...this.#list({ ...membersOf(this.#text, value), path }, open, inside),
      make('div', 'end', end + comma),
    ];
    const details = fold(summary, open.has(value), content);
    summary.addEventListener('click', () => {
      if (path !== undefined) this.#opened.note(path, !details.open);
    });
    return details;
  }

  /** Returns all members of a short list, or folds of a long one. */
  #list(members: Members, open: ReadonlySet<number>, room: number): HTMLElement[] {
    const { length } = members.values;
    if (length <= MAX_MEMBERS) return this.#shown(members, 0, length, open, room);
    const size = MAX_MEMBERS ** Math.ceil(Math.log(length) / Math.log(MAX_MEMBERS) - 1);
    return this.#folds(members, 0, length, size, open);
  }

  #folds(members: Members, from: number, to: number, step: number, open: ReadonlySet<number>): HTMLElement[] {
    if (step < MAX_MEMBERS) return this.#shown(members, from, to, open, STRINGS_COST / (to - from));
    const folds: HTMLElement[] = [];
    for (let begin = from; begin < to; begin += step) {
      const end = Math.min(to, begin + step);
      const summary = make('summary', 'range', `${begin} … ${end - 1}`);
      folds.push(fold(summary, false, () => this.#folds(members, begin, end, step / MAX_MEMBERS, open)));
    }
    return folds;
  }

  #shown(members: Members, from: number, to: number, open: ReadonlySet<number>, room: number): HTMLElement[] {
    const { keys, values, path } = members;
    const nodes = values.slice(from, to).map((value, offset) => {
      const key = keys[from + offset];
      const child = childPath(path, key === undefined ? from + offset : stringAt(this.#text, key));
      const comma = from + offset < values.length - 1 ? ',' : '';
      return this.#node({ key, value, path: child }, open, comma, room);
    });
    return nodes.length < GROUP_SIZE ? nodes : [this.#groups.add(...nodes)];
  }

  #leaf({ key, value, path }: Member, name: (HTMLElement | string)[], comma: string, room: number): HTMLElement {
    const line = make('div', 'leaf');
    offerAsColumn(line, path);
    const whole = this.#wholeKey(key, room);
    const isString = this.#text[value] === '"';
    const source = isString ? this.#string(value) : sourceAt(this.#text, value);
    const kind = isString ? 'string' : /^[-\d]/.test(source) ? 'number' : 'word';
    // A cut key is shown twice.
    const left = Math.min(PIECE_COST, key === undefined ? room : room - (whole.length + 1) * keyRoom(room));
    if (shorten(source, left) === source) {
      line.append(...name, make('span', kind, source), comma);
    } else {
      const long = make('div', kind);
      new LongText(long, { strings: this.#strings, first: left }).show(source + comma);
      line.append(...name, long);
    }
    line.prepend(...whole);
    return line;
  }

  /** Returns the key in full, if it is cut before the value. */
  #wholeKey(key: number | undefined, room: number): HTMLElement[] {
    const whole = key === undefined ? '' : this.#string(key);
    if (shorten(whole, keyRoom(room)) === whole) return [];
    const long = make('div', 'key');
    new LongText(long, { strings: this.#strings, first: keyRoom(room) }).show(whole);
    return [long];
  }

  /** Returns the string at that offset, with only the escapes that are needed to show it unambiguously. */
  #string(at: number): string {
    if (this.#read.at !== at) {
      const string = JSON.stringify(stringAt(this.#text, at));
      this.#read = { at, string: withEscapes(string) };
    }
    return this.#read.string;
  }
}

/** @param room cost for its member */
function keyRoom(room: number): number {
  return Math.min(KEY_COST, room * KEY_PART);
}

function fold(summary: HTMLElement, open: boolean, content: () => HTMLElement[]): HTMLDetailsElement {
  const details = document.createElement('details');
  const fill = () => details.append(...content());
  details.append(summary);
  if (open) fill();
  else details.addEventListener('toggle', fill, { once: true });
  details.open = open;
  return details;
}

/** Has VS Code's menu offer to show a value as a column. */
function offerAsColumn(line: HTMLElement, path: string | undefined): void {
  if (path) line.dataset['vscodeContext'] = JSON.stringify({ webviewSection: 'jsonKey', path });
}

function make(tag: string, className = '', text = ''): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
