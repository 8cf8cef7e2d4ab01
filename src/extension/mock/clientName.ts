/** By what they name themselves with. A browser also names those that it is like: those that are like others stand first. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bCode\/(\d+\.\d+)/, 'VS Code'],
  [/\bEdg\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bFirefox\/(\d+)/, 'Firefox'],
  [/\b(?:Headless)?Chrome\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)[\d.]* .*\bSafari\//, 'Safari'],
];
/** Longer names are cut, in characters. */
const MAX_NAME = 40;
/** So much of a header's value is looked at, in characters: a browser's has some 120. */
const MAX_READ = 500;

/** What a person knows a client by: `Firefox 140`, `curl 8.5.0`. @param userAgent the header's value; empty: none */
export function clientName(userAgent: string): string {
  const read = userAgent.slice(0, MAX_READ);
  for (const [pattern, name] of BROWSERS) {
    const found = pattern.exec(read);
    if (found) return `${name} ${found[1]}`;
  }
  const [, product = '', version = ''] = /^([^\s/]*)(?:\/(\S*))?/.exec(read) ?? [];
  return `${product} ${version}`.trim().slice(0, MAX_NAME);
}
