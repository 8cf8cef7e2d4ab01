/** What a client sent, to be shown: cut, and as JSON, so that what is hostile in it stays visible and harmless. */
export function quote(text: string): string {
  return JSON.stringify(text.slice(0, 100));
}
