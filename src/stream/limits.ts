/** Maximum size of an event that is kept whole, in bytes; the rest of a larger one is omitted. */
export const MAX_EVENT_SIZE = 16 * 1024 * 1024;
