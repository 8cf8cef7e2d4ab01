/** Maximum number of types kept, and maximum length of each, in UTF-16 code units. */
const MAX_TYPES = 100;
const MAX_TYPE = 1000;

/** The types of a script's events, except `message`, which is the default (WHATWG HTML §9.2.6). */
export class EventTypes {
  readonly all = new Set<string>();

  /** Adds a type, unless it is too long or the maximum number is reached. */
  add(type: string): void {
    const isNew = type !== '' && type !== 'message' && type.length <= MAX_TYPE;
    if (isNew && this.all.size < MAX_TYPES) this.all.add(type);
  }
}
