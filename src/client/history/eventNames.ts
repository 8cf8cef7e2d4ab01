/** Maximum number of types of events that are remembered, for a filter to offer. */
const MAX_NAMES = 100;
/** Maximum length of one, in characters. */
const MAX_NAME = 1000;

/** The types that events have had, in the order in which they first came. */
export class EventNames extends Set<string> {
  override add(name: string): this {
    if (this.size < MAX_NAMES && name.length <= MAX_NAME) super.add(name);
    return this;
  }
}
