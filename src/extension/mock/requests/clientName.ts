/**
 * Patterns of browsers in User-Agent. A browser also names others that it is compatible with, so derived ones come first.
 */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bCode\/(\d+\.\d+)/, 'VS Code'],
  [/\bEdg\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bFirefox\/(\d+)/, 'Firefox'],
  [/\b(?:Headless)?Chrome\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)(?:\.\d+)* .*\bSafari\//, 'Safari'],
];
/** Maximum length of a name, in characters; longer ones are cut. */
const MAX_NAME = 40;
/** Maximum length of the part of a User-Agent that is examined, in characters; a browser's has some 120. */
const MAX_READ = 500;

/** Returns a short name of a client: `Firefox 140`, `curl 8.5.0`. @param userAgent the header's value; empty if none */
export function clientName(userAgent: string): string {
  const read = userAgent.slice(0, MAX_READ);
  for (const [pattern, name] of BROWSERS) {
    const found = pattern.exec(read);
    if (found) return `${name} ${found[1]}`;
  }
  const [, product = '', version = ''] = /^([^\s/]*)(?:\/(\S*))?/.exec(read) ?? [];
  return `${product} ${version}`.trim().slice(0, MAX_NAME);
}
