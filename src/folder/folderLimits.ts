/** Maximum number of files that a server has. */
export const MAX_FILES = 1000;
/** Maximum size of all of them, in bytes. */
export const MAX_SIZE = 64 * 1024 * 1024;
/** Maximum memory of all of them, in bytes, as it is estimated, rather too high: a single file may take 500 MB. */
export const MAX_MEMORY = 768 * 1024 * 1024;
/** Maximum size of a JSON file, in bytes: it is sent at one go. */
export const MAX_JSON = 1024 * 1024;
/** Maximum number of files and folders that are looked at. */
export const MAX_SEARCHED = 20_000;
