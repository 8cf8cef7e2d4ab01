import type { RequestForm } from './requestForm';

/** Returns a digest that, with its Last-Event-ID, identifies a request too large to be passed on. */
export function requestDigest(form: RequestForm): string {
  const { method, url, headers, body, bodyFile, insecure, reconnect } = form;
  const texts = [method, url, headers, body, String(insecure), String(reconnect)];
  return digestOf(bodyFile === undefined ? texts : [...texts, bodyFile]);
}

/** Returns the texts' total length and a 32-bit FNV-1a hash, which are practically unique. */
function digestOf(texts: readonly string[]): string {
  let sum = 0x811c9dc5;
  for (const text of texts) {
    for (let index = 0; index < text.length; index += 1) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193);
    // Includes the length, so that a shifted boundary between two texts changes the hash.
    sum = Math.imul(sum ^ text.length, 0x01000193);
  }
  return `${texts.reduce((length, text) => length + text.length, 0)}-${(sum >>> 0).toString(16)}`;
}
