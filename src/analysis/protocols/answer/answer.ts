import { joined } from '../../../text/joined';
import { ownText } from '../../../text/ownText';
import type { Json, Maybe } from '../json/json';
import { JsonEnd } from '../json/jsonEnd';
import { costOf } from '../json/parseCost';
import { parseJson } from '../json/parseJson';
import { sizeOf } from '../json/sizeOf';
import { MAX_KEYS, MAX_TEXT } from '../model/limits';
import type { ProtocolId } from '../model/protocol';
import type { ItemKind, ProblemCode } from '../model/result';
import { AnswerFacts, type Surroundings, shortText } from './answerFacts';
import { type GrowingItem, newItem } from './growingItem';
import { idKey } from './idKey';

/** Kinds of what a person waits for. */
const CONTENT = new Set<ItemKind>(['text', 'reasoning', 'tool']);

/** Answer of a stream while it grows. Items have keys, by which events find them again. No method throws. */
export class Answer extends AnswerFacts {
  readonly items: GrowingItem[] = [];
  readonly #index: number;
  readonly #byKey = new Map<string, GrowingItem>();
  #latestError: string | undefined;

  /** @param index of the answer in its stream */
  constructor(protocol: ProtocolId, around: Surroundings, index: number) {
    super(protocol, around);
    this.#index = index;
  }

  /** Returns the item of that key; undefined if there is none. */
  find(key: string): GrowingItem | undefined {
    return this.#byKey.get(idKey(key));
  }

  /** Returns the item of that key, and makes it if there is none. The event is counted as one about it. */
  item(key: string, kind: ItemKind): GrowingItem {
    const short = idKey(key);
    const found = this.#byKey.get(short) ?? this.newItem(kind);
    found.key = short;
    if (this.#byKey.size < MAX_KEYS && !this.#byKey.has(short)) this.#byKey.set(short, found);
    this.see(found);
    return found;
  }

  /** Makes an item without a key. If there is no room for it, it is in no result. */
  newItem(kind: ItemKind): GrowingItem {
    const isKept = this.around.budget.takeItem();
    const item = newItem(kind, isKept ? this.items.length : -1, this.around.event.number);
    if (isKept) this.items.push(item);
    else this.problem('limit');
    return item;
  }

  /** Counts the event as one about the item. */
  see(item: GrowingItem): void {
    item.last = this.around.event.number;
  }

  /** Forgets a key, so that it makes another item; its item stays. */
  forget(key: string): void {
    this.#byKey.delete(idKey(key));
  }

  /** Takes the items from that index on away, as their stream does. Their keys make others. */
  drop(from: number): void {
    for (const item of this.items.splice(from)) {
      const { key, text = '', argumentText = '', valueSize } = item;
      if (key !== undefined && this.#byKey.get(key) === item) this.#byKey.delete(key);
      this.around.budget.giveBack(text.length + argumentText.length + valueSize);
    }
  }

  /** Adds text behind the item's. */
  append(item: GrowingItem, piece: Maybe): void {
    if (typeof piece !== 'string') return;
    this.see(item);
    const kept = this.#room(item, piece);
    item.text = joined(item.text ?? '', kept);
    this.#arrived(item, kept);
  }

  /** Replaces the item's text, which may be the same. */
  replaceText(item: GrowingItem, text: Maybe): void {
    if (typeof text !== 'string') return;
    this.see(item);
    item.text ??= '';
    const old = item.text;
    if (old === text) return;
    if (item.index >= 0) this.around.budget.giveBack(old.length);
    [item.text, item.starts] = [this.#room(item, text), {}];
    this.#replaced(item, old, item.text);
  }

  /** Adds text behind that of the item's arguments. */
  appendArguments(item: GrowingItem, piece: Maybe): void {
    if (typeof piece !== 'string') return;
    this.see(item);
    const kept = this.#room(item, piece);
    item.argumentText = joined(item.argumentText ?? '', kept);
    item.end.feed(kept);
    // Behind the end, white space may follow, which changes nothing.
    if (!item.end.isReached) item.parsed = undefined;
    this.#arrived(item, kept);
  }

  /** Replaces the text of the item's arguments, which may be the same. */
  replaceArguments(item: GrowingItem, text: Maybe): void {
    if (typeof text !== 'string') return;
    this.see(item);
    item.argumentText ??= '';
    const old = item.argumentText;
    if (old === text) return;
    if (item.index >= 0) this.around.budget.giveBack(old.length);
    item.argumentText = this.#room(item, text);
    [item.end, item.parsed, item.starts] = [new JsonEnd(), undefined, {}];
    item.end.feed(item.argumentText);
    this.#replaced(item, old, item.argumentText);
  }

  /** Sets the item's arguments, or a document's value. @returns whether there was room for it; else nothing changes */
  setValue(item: GrowingItem, value: Json): boolean {
    this.see(item);
    if (item.index < 0) return false;
    const size = sizeOf(value, MAX_TEXT);
    this.around.budget.giveBack(item.valueSize);
    const isKept = this.around.budget.takeWhole(size);
    if (isKept) [item.value, item.valueSize, item.isLent] = [value, size, false];
    else {
      this.around.budget.takeWhole(item.valueSize);
      this.problem('limit');
    }
    return isKept;
  }

  /** Takes room for what a value grows by, or for the work of walking over it. @returns whether there is */
  pay(item: GrowingItem, value: Json, size = sizeOf(value, MAX_TEXT)): boolean {
    const isPaid = item.index >= 0 && this.around.budget.takeWhole(size);
    if (isPaid) item.valueSize += size;
    else this.problem('limit');
    return isPaid;
  }

  /** Takes room as `pay` does, for walking over a value of a document, which may be large however small its event is. */
  walk(item: GrowingItem, value: Json): boolean {
    const { budget, event } = this.around;
    const room = budget.walkIn(event.number);
    const size = room > 0 ? sizeOf(value, room) : 0;
    budget.noteWalk(size);
    if (size > 0 && size <= room) return this.pay(item, value, size);
    this.problem('limit');
    return false;
  }

  /** Tells of a piece that the item got in another way, such as a value. */
  tell(item: GrowingItem, text: string, replaces = false): void {
    if (text !== '' && CONTENT.has(item.kind)) this.noteText();
    const { number } = this.around.event;
    const { index, kind, name } = item;
    const named = name === undefined ? {} : { name };
    this.around.added({
      ...{ event: number, result: this.#index, item: index, kind, ...named, text },
      ...(replaces && { replaces: true as const }),
    });
  }

  /** Names an item, unless the name is missing or empty. */
  name(item: GrowingItem, name: Maybe): void {
    const isNew = item.name === undefined;
    item.name = shortText(name) ?? item.name;
    // A call that begins without arguments is news, too.
    if (isNew && item.name !== undefined && item.kind === 'tool') this.tell(item, '');
  }

  /** Gives an item its id, unless that is missing or empty. */
  identify(item: GrowingItem, id: Maybe): void {
    item.id = shortText(id) ?? item.id;
  }

  /** Adds an error that the server reports. The same one again, as some events repeat it, is no second one. */
  error(message: string, code: Maybe = undefined, problem: ProblemCode = 'error'): void {
    const text = message === '' ? (shortText(code) ?? '') : message;
    if (text === this.#latestError) return;
    this.#latestError = text;
    const item = this.newItem('error');
    this.name(item, typeof code === 'number' ? String(code) : code);
    this.append(item, text);
    this.problem(problem);
  }

  /**
   * Ends the answer: its end mark should have come, unless an error ended it, and arguments of tool calls should parse.
   * @param mayGoOn whether another stream may go on with it, so that the end mark isn't missed
   */
  close({ mayGoOn = false } = {}): void {
    for (const item of this.items)
      if (item.kind === 'tool' && !item.isFree && item.value === undefined && item.argumentText !== undefined) {
        // No arguments are an empty text.
        if (item.argumentText.trim() === '') item.parsed = { value: {}, isJson: true };
        if (this.#parsed(item).isJson === false) this.problem('arguments', item.last);
      }
    const hasFailed = this.problems.some(({ code, event }) => code === 'error' && event >= this.times.lastEvent);
    if (!this.isComplete && !hasFailed && !mayGoOn) this.problem('unfinished', this.times.lastEvent);
  }

  /**
   * Returns the value of arguments that may go on: no number or word, as more of it may come; undefined if they aren't whole, or
   * the stream has more arguments than are parsed. The same text is parsed once only.
   */
  wholeArguments(item: GrowingItem): Json | undefined {
    return item.end.isReached ? this.#parsed(item).value : item.parsed?.value;
  }

  #parsed(item: GrowingItem): NonNullable<GrowingItem['parsed']> {
    item.parsed ??= this.#read(item.argumentText ?? '');
    return item.parsed;
  }

  #read(text: string): NonNullable<GrowingItem['parsed']> {
    const { budget } = this.around;
    const isRead = budget.mayRead && budget.takeReading(costOf(text));
    if (!isRead) this.problem('limit');
    const value = isRead ? parseJson(text) : undefined;
    return { value, isJson: isRead ? value !== undefined : undefined };
  }

  /** Returns the part of the text that there is room for. */
  #room(item: GrowingItem, text: string): string {
    if (item.index < 0) return '';
    const kept = this.around.budget.takeText(text.length);
    if (kept === text.length) return text;
    this.problem('limit');
    // A cut between two surrogates would leave half of a character.
    return ownText(text, kept).replace(/[\ud800-\udbff]$/, '');
  }

  #arrived(item: GrowingItem, piece: string): void {
    if (piece !== '') this.tell(item, piece);
  }

  /** Tells of the part that is new if the text only grew. */
  #replaced(item: GrowingItem, old: string, text: string): void {
    if (text.startsWith(old)) this.#arrived(item, text.slice(old.length));
    else this.tell(item, text, true);
  }
}
