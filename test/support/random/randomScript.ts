import { pick } from './random';

const LINE_ENDS = ['\n', '\n', '\r', '\r\n'];
const LINES = [
  '',
  '',
  '',
  'data: a',
  'data',
  'data:{"x":"é数😀"}',
  'event: x',
  'id: 1',
  'id: 2',
  'id:  数3 ',
  'id:  ',
  'id',
  'id: a\0',
  'retry: 100',
  'retry: x',
  ': comment',
  ':',
  ':@@ drop',
  ':@@@',
  '\ufeffdata: a',
  '\ufeff:@@ x',
  ' data: a',
  'Data',
  'x: y',
  `data: ${'long '.repeat(3500)}`,
];
const DIRECTIVES = [
  ':@ wait 1ms',
  ':@ wait 0.25s',
  ':@drop',
  ':@ reset ',
  ':@\tend',
  ':@ stall',
  ':@ status 503 retry-after 1',
  '\ufeff:@ status 204',
];

/** Returns lines of a `.sse` file that are played on one connection, with valid directives among them. */
export function randomPart(random: () => number): string {
  const lines = Array.from({ length: Math.floor(random() * 40) }, () => {
    const line = pick(random() < 0.2 ? DIRECTIVES : LINES, random);
    return line + pick(LINE_ENDS, random);
  });
  // A CR followed by an LF would be a single line end.
  const text = lines.reduce(
    (all, line) => (all.endsWith('\r') && line.startsWith('\n') ? `${all}:${line}` : all + line),
    '',
  );
  return text === '' || text.endsWith('\r') || random() < 0.5 ? text : text + cut(random);
}

/** Returns a last line without a line end. */
function cut(random: () => number): string {
  return `${pick([':', 'data: cu', 'id: 1', '\ufeff'], random)}${pick(LINE_ENDS, random)}:@ no-newline\n`;
}

/** Returns any lines in any order, even senseless ones. */
export function randomNonsense(random: () => number): string {
  const words = [
    'wait',
    'loop',
    'status',
    'method',
    'connection',
    'no-newline',
    '1s',
    '503',
    'POST',
    '@',
    ':',
    ' ',
    '\0',
  ];
  return Array.from({ length: Math.floor(random() * 30) }, () => {
    const directive = () => `:@ ${pick(words, random)} ${pick(words, random)}`;
    const line = random() < 0.4 ? directive() : pick(random() < 0.5 ? DIRECTIVES : LINES, random);
    return line + pick([...LINE_ENDS, ''], random);
  }).join('');
}
