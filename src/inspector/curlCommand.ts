import { quoted } from './shellQuotes';
import type { StreamRequest } from './streamRequest';

/** The request as a command for a terminal, on one line; `parseRequest` reads the same request from it. */
export function toCurl({ method, url, headers, body, insecure }: StreamRequest): string {
  const has = (wanted: string) => headers.some(([name]) => name.toLowerCase() === wanted);
  const words = ['curl', '-N'];
  if (insecure) words.push('-k');
  // What else curl would take for a set or a range of URLs; an IPv6 address in brackets it knows.
  if (/[[\]{}]/.test(url.replace(/^\w+:\/\/\[[\da-f:.]+\]/i, ''))) words.push('-g');
  // Not by -X: curl would wait for a body.
  if (method === 'HEAD' && body === undefined) words.push('-I');
  else if (method !== (body === undefined ? 'GET' : 'POST')) words.push('-X', quoted(method));
  words.push(quoted(url));
  for (const [name, value] of headers) words.push('-H', quoted(value === '' ? `${name};` : `${name}: ${value}`));
  // Else curl shows the answer as it is coded.
  if (has('accept-encoding')) words.push('--compressed');
  if (body !== undefined) {
    // curl's own would go with the body.
    if (!has('content-type')) words.push('-H', 'Content-Type:');
    words.push('--data-raw', quoted(body));
  }
  return words.join(' ');
}
