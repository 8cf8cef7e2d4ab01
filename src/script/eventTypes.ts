/** Maximum number of types known, and maximum length of one, in UTF-16 code units. */
const MAX_TYPES = 100;
const MAX_TYPE = 1000;

/** Types that the events of a file are given, but for `message`, which is the default (WHATWG HTML §9.2.6). */
export class EventTypes {
  readonly all = new Set<string>();

  /** Adds a type; one that is too long, or comes when there are as many as may be, is passed over. */
  add(type: string): void {
    const isNew = type !== '' && type !== 'message' && type.length <= MAX_TYPE;
    if (isNew && this.all.size < MAX_TYPES) this.all.add(type);
  }
}
