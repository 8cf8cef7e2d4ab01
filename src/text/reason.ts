/** What went wrong, in words for a person; without any, its name. */
export function reasonOf(error: unknown): string {
  return (error instanceof Error && error.message) || String(error);
}
