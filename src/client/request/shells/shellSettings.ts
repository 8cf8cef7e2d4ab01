import type { Environment } from '../environment';
import type { RequestNote } from '../requestNote';

const ASSIGNED = /^[A-Za-z_]\w*\+?=/;

/**
 * Sets the variables that a command for a shell sets: `NAME=value`, `NAME+=value`, `NAME=(array)`, `set -x NAME value`.
 * @param words of the command
 * @param missing unknown parts of the values; if a value consists of one, the user is asked for the variable itself
 */
export function assign(
  words: readonly string[],
  isArray: boolean,
  environment: Environment,
  missing: RequestNote[],
): void {
  if (!missing.every(({ code, subject }) => code === 'placeholder' && /^\$\w/.test(subject))) {
    // Earlier values are no longer valid.
    for (const word of words) {
      const name = /^([A-Za-z_]\w*)\+?=/.exec(word)?.[1];
      if (name !== undefined) environment.assign(name, []);
    }
    return;
  }
  const [first = '', ...others] = words;
  const [, name, sign = '', begin = ''] = /^([A-Za-z_]\w*)(\+?)=(.*)$/s.exec(first) ?? [];
  if (isArray && name !== undefined) {
    const values = [begin.replace(/^\(/, ''), ...others];
    const last = values.pop() ?? '';
    const before = sign === '' ? [] : (environment.valuesOf(name) ?? []);
    environment.count(before.length);
    environment.assign(name, [...before, ...values, last.replace(/\)$/, '')].filter(Boolean), missing);
    return;
  }
  assignEach(words, environment, missing);
}

function assignEach(words: readonly string[], environment: Environment, missing: RequestNote[]): void {
  const [first = '', ...others] = words;
  // The value becomes a number, small letters, or a reference.
  const isMade = /^(?:declare|typeset|local)$/.test(first) && others.some((word) => /^-\w*[ilnu]/.test(word));
  const [name, ...values] = others.filter((word) => !word.startsWith('-'));
  if (/^set(?:env)?$/.test(first) && name !== undefined) environment.assign(name, values, missing);
  for (const word of words) {
    const [, assigned, sign, value = ''] = /^([A-Za-z_]\w*)(\+?)=(.*)$/s.exec(word) ?? [];
    if (assigned === undefined) continue;
    const isUnknown = isMade || (sign !== '' && !environment.isSet(assigned));
    if (isUnknown || (missing.length > 0 && /^\$(?:\w+|\{[^}]*\})$/.test(value))) {
      environment.assign(assigned, []);
      continue;
    }
    const before = sign === '' ? '' : (environment.valuesOf(assigned)?.[0] ?? '');
    environment.assign(assigned, [before + value], missing);
  }
}

/** Whether the words set variables for a single command: `NAME=value command`. */
export function isBeforeCommand([first = '', ...others]: readonly string[]): boolean {
  return ASSIGNED.test(first) && !others.every((word) => ASSIGNED.test(word));
}
