/** What a client sent, to be shown: cut, and as JSON, so that what is hostile in it stays visible and harmless. */
export function quote(text: string): string {
  // JSON leaves DEL and the C1 controls, which a terminal may obey.
  return JSON.stringify(text.slice(0, 100)).replace(/[\x7f-\x9f]/g, (character) => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
