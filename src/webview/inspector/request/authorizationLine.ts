/** Header line that is begun if there is none. */
const BEGUN = 'Authorization: Bearer ';

/** Whether header lines have an `Authorization`. */
export function hasAuthorization(headers: string): boolean {
  return /^authorization[ \t]*:/im.test(headers);
}

/** Returns header lines with an `Authorization`, which is begun if there is none, and the range of its value. */
export function withAuthorization(headers: string): { text: string; from: number; to: number } {
  const found = /^authorization[ \t]*:[ \t]*/im.exec(headers);
  if (!found) {
    const before = headers === '' || headers.endsWith('\n') ? headers : `${headers}\n`;
    const text = before + BEGUN;
    return { text, from: text.length, to: text.length };
  }
  const from = found.index + found[0].length;
  const end = headers.indexOf('\n', from);
  return { text: headers, from, to: end < 0 ? headers.length : end };
}
