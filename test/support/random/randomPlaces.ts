import { pick } from './random';

const LINE_ENDS = ['\n', '\n', '\r', '\r\n'];
/** Beginnings of lines that are filled in, and pieces of them. */
const BEGINNINGS = [
  'data: ',
  'data:-',
  'data: {"a": "',
  'data: ["',
  'data:  "',
  'event: ',
  'retry: ',
  ': ',
  ':@@ ',
  'x: ',
  'data: {',
];
const PIECES = [
  '{{n}}',
  '{{body /t}}',
  '{{ body /t }}',
  '{{query q}}',
  '{{now}}',
  '{{uuid}}',
  '{{random 1 9}}',
  '"',
  '\\',
  '{{{{',
  '{{',
  '}}',
  '{',
  '}',
  'é',
  '😀',
  ' ',
  ':',
  'a',
];
const IDS = ['id: {{n}}', 'id: o-{{n}}', 'id:{{n}} ', 'id: a', 'id'];
const DIRECTIVES = [':@ wait 1ms', ':@ drop', ':@ status 503', ':@ cut 3 1ms'];
/** Directives at the top of a file, well-formed or not. */
const TOPS = [
  ':@ fill',
  ':@ fill now',
  ':@ when request 2',
  ':@ when query a = b',
  ':@ when query',
  ':@ when header X = \xff',
  ':@ when body /a/-1 = {"b": 1}',
  ':@ when body /t = "\ud800"',
  ':@ when body = 1',
];

/** Values of requests that are hard to fill in. */
const FEARED = [
  '\n',
  '\r',
  '\r\n',
  '\n\n',
  'data: b',
  'id: 7',
  'event: x',
  ':',
  '"',
  '\\',
  '\\n',
  '\0',
  '\u2028',
  '\ud800',
  '\udc00',
  '😀',
  '{{n}}',
  '}}',
  ' ',
  '\ufeff',
  'a',
];

/** Returns lines of a file of `:@ fill`, mostly without errors. */
export function randomPlaces(random: () => number): string {
  const lines = Array.from({ length: Math.floor(random() * 25) }, () => {
    const kind = random();
    if (kind < 0.3) return '';
    if (kind < 0.4) return pick(DIRECTIVES, random);
    if (kind < 0.5) return pick(IDS, random);
    const pieces = Array.from({ length: Math.floor(random() * 6) }, () => pick(PIECES, random));
    return pick(BEGINNINGS, random) + pieces.join('');
  });
  return lines.map((line) => line + pick(LINE_ENDS, random)).join('');
}

/** Returns the top of a file: any of the directives of conditions and places. */
export function randomTop(random: () => number): string {
  return Array.from({ length: Math.floor(random() * 4) }, () => `${pick(TOPS, random)}\n`).join('');
}

/** Returns a value of a request: text that ends lines, begins fields, or leaves a string of JSON. */
export function fearedValue(random: () => number): string {
  return Array.from({ length: Math.floor(random() * 8) }, () => pick(FEARED, random)).join('');
}
