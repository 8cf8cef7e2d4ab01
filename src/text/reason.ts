/** Returns an error's message, or the error as a string if it has no message. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error && error.message) || String(error);
}
