/** Maximum number of event types that are remembered for the filter to offer. */
const MAX_NAMES = 100;
/** Maximum length of a type or an id that is shown, remembered, or kept of a large event, in characters. */
export const MAX_NAME = 1000;

/** The types of the events so far, in the order of their first appearance. */
export class EventNames extends Set<string> {
  override add(name: string): this {
    if (this.size < MAX_NAMES && name.length <= MAX_NAME) super.add(name);
    return this;
  }
}
