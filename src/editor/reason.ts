/** What went wrong, in words for a person. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node's error of several addresses has a code alone.
  return error.message || ('code' in error && String(error.code)) || error.name;
}
