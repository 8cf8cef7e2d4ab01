import { endMarkOf, type ProtocolId, protocolName } from '../../../analysis/protocols/model/protocol';
import type { ResultItem, ResultProblem, StreamResult } from '../../../analysis/protocols/model/result';
import type { ItemChange, ResultChange, ResultFacts, TextChange } from '../../../messages/results';
import { isPartial, valueText } from './itemTexts';
import { rpcRole } from './rpcRole';

/** Maximum length of all texts that the page has, in UTF-16 code units. */
export const MAX_SHOWN = 1024 * 1024;
/** Maximum number of items and of results that the page has. */
export const MAX_ITEMS = 1000;
const MAX_RESULTS = 100;
/** Maximum number of events that a problem leads to. */
const MAX_EVENTS = 100;
/** Length from which a value is sent once a second only, as it may be another with each event; and that time. */
const [LARGE, SELDOM] = [32 * 1024, 1000];
/** Time after which the rest waits for the next call, in milliseconds: a thousand tool calls that grow took seconds. */
const MAX_TIME = 10;

/** State of an item that the page has. */
interface ShownItem {
  last: number;
  facts: string;
  text: string;
  value: string;
  isCut: boolean;
  /** Whether it was sent as it stays. */
  isFinal: boolean;
  /** Time from which its value may be sent again. */
  due: number;
}

interface ShownResult {
  facts: string;
  items: ShownItem[];
  /** Index of the item that is the next one, as there was no more time: those that stand first may change at each call. */
  next: number;
}

/** Limits of what is shown. Default: those of a panel. */
export interface ShownLimits {
  text?: number;
  items?: number;
  results?: number;
}

/** Changes of results since the page was told last. The page has the beginning alone of long ones. */
export class ResultChanges {
  readonly #limits: Required<ShownLimits>;
  readonly #results: ShownResult[] = [];
  #room: number;
  #items = 0;
  #isCut = false;
  #isBehind = false;
  /** Number of items that were looked at in this call. */
  #made = 0;

  constructor({ text = MAX_SHOWN, items = MAX_ITEMS, results = MAX_RESULTS }: ShownLimits = {}) {
    this.#limits = { text, items, results };
    this.#room = text;
  }

  /** Whether there is more than the page has. */
  get isCut(): boolean {
    return this.#isCut;
  }

  /** Whether changes are left for the next call. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /**
   * Returns the changes, those that take no more than 10 ms; one at least.
   * @param isOver whether nothing comes any more @param now time, in milliseconds
   */
  take(results: readonly StreamResult[], isOver: boolean, now: number): ResultChange[] {
    [this.#isCut, this.#isBehind, this.#made] = [results.length > this.#limits.results, false, 0];
    const until = performance.now() + MAX_TIME;
    const changes: ResultChange[] = [];
    for (const [index, result] of results.slice(0, this.#limits.results).entries()) {
      const shown = this.#shownResult(index);
      // The end may parse arguments of any item, and so does the next answer.
      const isFinal = isOver || index < results.length - 1;
      const items = this.#itemsOf(result, shown, { isFinal, now, until });
      const facts = factsOf(result);
      const text = JSON.stringify(facts);
      const isSame = text === shown.facts;
      shown.facts = text;
      if (!isSame || items.length > 0) changes.push({ index, ...(!isSame && { facts }), items });
    }
    return changes;
  }

  #shownResult(index: number): ShownResult {
    const shown = this.#results[index] ?? { facts: '', items: [], next: 0 };
    this.#results[index] = shown;
    return shown;
  }

  #itemsOf(
    { protocol, items }: StreamResult,
    shown: ShownResult,
    { until, ...how }: { isFinal: boolean; now: number; until: number },
  ): ItemChange[] {
    const changes: ItemChange[] = [];
    const from = shown.next;
    shown.next = 0;
    let isBehind = false;
    for (let step = 0; step < items.length; step += 1) {
      const index = (from + step) % items.length;
      const item = items[index];
      if (!item) break;
      const known = shown.items[index];
      if (!known && this.#items >= this.#limits.items) {
        this.#isCut = true;
        continue;
      }
      this.#isCut ||= known?.isCut ?? false;
      if (known?.last === item.events[1] && (known.isFinal || !how.isFinal)) continue;
      if (this.#made > 0 && performance.now() > until) {
        if (!isBehind) shown.next = index;
        isBehind = true;
        continue;
      }
      this.#made += 1;
      const change = this.#change(item, known ?? this.#newItem(shown), { ...how, index, protocol });
      if (change) changes.push(change);
    }
    this.#isBehind ||= isBehind;
    return changes;
  }

  #newItem(shown: ShownResult): ShownItem {
    const item = { last: -1, facts: '', text: '', value: '', isCut: false, isFinal: false, due: 0 };
    shown.items.push(item);
    this.#items += 1;
    return item;
  }

  #change(
    item: ResultItem,
    shown: ShownItem,
    at: { index: number; protocol: ProtocolId; isFinal: boolean; now: number },
  ): ItemChange | undefined {
    const isWaiting = shown.value.length > LARGE && at.now < shown.due && !at.isFinal;
    const value = isWaiting ? shown.value : this.#valueOf(item, shown, at.isFinal);
    if (!isWaiting) [shown.last, shown.due] = [item.events[1], at.now + SELDOM];
    shown.isFinal = at.isFinal;
    const given = item.text ?? '';
    const text = this.#fitting(given, shown.text);
    const fitting = this.#fitting(value ?? '', shown.value);
    shown.isCut = text.length < given.length || fitting !== value;
    this.#isCut ||= shown.isCut;
    const { kind, name, id, events } = item;
    const facts = {
      kind,
      role: rpcRole(at.protocol, item),
      name,
      id,
      events,
      isWhole: !isPartial(item),
      isCut: shown.isCut,
    };
    const [textChange, valueChange] = [changeOf(shown.text, text), changeOf(shown.value, fitting)];
    const factsText = JSON.stringify(facts);
    const isSame = !textChange && !valueChange && factsText === shown.facts;
    [shown.text, shown.value, shown.facts] = [text, fitting, factsText];
    return isSame ? undefined : { index: at.index, ...facts, text: textChange, value: valueChange };
  }

  /** Returns the text of the item's value; undefined if it is too large, or there is no room for its beginning, either. */
  #valueOf(item: ResultItem, { text, value }: ShownItem, isFinal: boolean): string | undefined {
    const hasRoom = this.#room + text.length + value.length > 0 || item.arguments === undefined;
    return hasRoom ? valueText(item, !isFinal) : undefined;
  }

  /** Returns the beginning of the text that there is room for, in place of the old one. */
  #fitting(text: string, old: string): string {
    this.#room += old.length;
    const fitting = text.slice(0, Math.max(0, this.#room));
    this.#room -= fitting.length;
    return fitting;
  }
}

function changeOf(old: string, text: string): TextChange | undefined {
  if (old === text) return undefined;
  return text.startsWith(old) ? { from: old.length, text: text.slice(old.length) } : { from: 0, text };
}

function factsOf({ protocol, model, stop, complete, usage, timing, problems }: StreamResult): ResultFacts {
  const named = { protocol: protocolName(protocol), endMark: endMarkOf(protocol), model };
  return { ...named, stop, complete, usage, timing, problems: grouped(problems) };
}

/** Returns the problems, those of one code as one. */
function grouped(problems: readonly ResultProblem[]): ResultFacts['problems'] {
  const byCode = new Map<string, ResultFacts['problems'][number]>();
  for (const { code, event } of problems) {
    const known = byCode.get(code);
    if (!known) byCode.set(code, { code, events: [event] });
    else if (known.events.length < MAX_EVENTS) known.events.push(event);
  }
  return [...byCode.values()];
}
