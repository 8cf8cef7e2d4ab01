import type { IdTemplate } from '../fill/idTemplate';
import type { BlockId } from './resumePoints';

/** The block whose blank line hasn't come yet, with its fields so far. */
export class OpenBlock {
  /** Line of its last field; undefined if it has none: then no event is open. */
  lastFieldLine: number | undefined;
  hasData = false;
  /** The id that it sets; undefined if it sets none. */
  id: BlockId | undefined;

  /** Adds a field of an event. @param template of an id with its event's number @param event number of its event */
  add(
    name: 'data' | 'event' | 'id',
    value: string,
    line: number,
    template: IdTemplate | undefined,
    event: number,
  ): void {
    this.lastFieldLine = line;
    if (name === 'data') this.hasData = true;
    // An id takes effect even if its block has no data; one with NUL is ignored (WHATWG HTML §9.2.6).
    else if (name === 'id' && !value.includes('\0')) this.id = template ? { ...template, event } : value;
  }
}
