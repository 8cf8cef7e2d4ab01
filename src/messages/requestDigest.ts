import type { RequestForm } from './requestForm';

/** Returns what a request is known by beside its Last-Event-ID, where it is too large to be passed on. */
export function requestDigest(form: RequestForm): string {
  const { method, url, headers, body, bodyFile, insecure, reconnect } = form;
  const texts = [method, url, headers, body, String(insecure), String(reconnect)];
  return digestOf(bodyFile === undefined ? texts : [...texts, bodyFile]);
}

/** Returns the texts' length and a sum of them (FNV-1a, of 32 bits): it differs, as good as always, for texts that differ. */
function digestOf(texts: readonly string[]): string {
  let sum = 0x811c9dc5;
  for (const text of texts) {
    for (let index = 0; index < text.length; index += 1) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193);
    // Where one ends is not where another does.
    sum = Math.imul(sum ^ text.length, 0x01000193);
  }
  return `${texts.reduce((length, text) => length + text.length, 0)}-${(sum >>> 0).toString(16)}`;
}
