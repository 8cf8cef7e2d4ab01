// Names shell variables for the secrets that a copied command leaves out.

import type { StreamRequest } from '../streamRequest';
import { isSecretName } from './scan/secretNames';
import { type Secret, secretsIn } from './secrets';

/** Maximum length of a name, in characters. */
const MAX_LENGTH = 60;

/** Returns the variables' names by mask: that of the header, parameter or member, in capitals. */
export function secretVariables(request: StreamRequest, secrets: readonly Secret[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Map<string, number>();
  for (const { number, place } of secretsIn(request, secrets)) {
    const name = nameOf(place);
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    names.set(`•••${number}`, count === 1 ? name : `${name}_${count}`);
  }
  return names;
}

function nameOf(place: string): string {
  const [part, called = ''] = place.split(/ (.*)/s);
  if (part === 'user') return 'CREDENTIALS';
  const words = called.replace(/^x-/i, '').match(/[a-z\d]+/gi) ?? [];
  const name = words.join('_').toUpperCase().slice(0, MAX_LENGTH);
  if (name === '') return 'SECRET';
  // PATH, HOME and the like belong to the shell; PWD is both a common name of a password and the working directory.
  const isOwn = /^\D/.test(name) && isSecretName(name, 'header') && !/^(?:OLD)?PWD$/.test(name);
  return isOwn ? name : `SECRET_${name}`;
}
