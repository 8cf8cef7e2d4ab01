/** Quotes a client's text for display: shortened, and as JSON, so that hostile characters are visible and harmless. */
export function quote(text: string): string {
  // JSON doesn't escape DEL and the C1 controls, which a terminal may interpret.
  return JSON.stringify(text.slice(0, 100)).replace(/[\x7f-\x9f]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
