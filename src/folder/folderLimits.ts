/** Maximum number of files that a server has. */
export const MAX_FILES = 1000;
/** Maximum size of all of them, in bytes. */
export const MAX_SIZE = 64 * 1024 * 1024;
