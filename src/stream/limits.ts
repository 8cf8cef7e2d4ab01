/** Maximum size of an event that is kept whole, in bytes; the rest of a larger one is omitted. */
export const MAX_EVENT_SIZE = 16 * 1024 * 1024;
/** Maximum size of an event's data that are decoded at one go where others wait, in bytes: more takes longer than 20 ms. */
export const MAX_TEXT_SIZE = 4 * 1024 * 1024;
