/**
 * Calls a handler of the caller's, if there is one. Its error is thrown outside of our work, so that it shows as what it is,
 * an uncaught one, and leaves nothing half done.
 */
export function called<T>(handler: ((value: T) => void) | undefined, value: T): void {
  try {
    handler?.(value);
  } catch (error) {
    process.nextTick(() => {
      throw error;
    });
  }
}
