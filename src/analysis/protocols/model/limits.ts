/** Maximum size of all texts and values of a stream's results, in UTF-16 code units. */
export const MAX_TEXT = 16 * 1024 * 1024;
/** Maximum number of items, of results and of problems of a stream. */
export const [MAX_ITEMS, MAX_RESULTS, MAX_PROBLEMS] = [10_000, 1000, 1000];
/** Maximum length of a name, an id, a model or a stop reason, in UTF-16 code units. */
export const MAX_NAME = 1000;
/** Maximum cost of parsing the arguments of all tool calls of a stream, which may be looked at together. */
export const MAX_READING = 1_200_000;
/** Maximum size of what patches compare, move and copy in a stream's documents, including what there was no room for. */
export const MAX_WALKED = MAX_TEXT / 4;
/** Maximum size of a value that they compare, move or copy, and of all of an event together. */
export const MAX_WALKED_AT_ONCE = 512 * 1024;
/** Maximum number of paths in an event, at each of which a piece of arguments is; of GraphQL's, a hundred steps count as one. */
export const MAX_PATHS = 1000;
/** Maximum number of keys that an answer remembers for one purpose, such as ids of pieces. */
export const MAX_KEYS = 20_000;
