/** So many types of events are remembered, for a filter to offer. */
const MAX_NAMES = 100;
/** And none longer than this, in characters. */
const MAX_NAME = 1000;

/** The types that events have had, in the order in which they first came. */
export class EventNames extends Set<string> {
  override add(name: string): this {
    if (this.size < MAX_NAMES && name.length <= MAX_NAME) super.add(name);
    return this;
  }
}
