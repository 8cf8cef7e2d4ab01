import { listIn, type Maybe, valueAt } from '../json/json';

/** Whether a part of an A2A message is text. Revision 0.3 has `kind: "text"`, too. */
export function isTextPart(part: Maybe): boolean {
  return typeof valueAt(part, ['text']) === 'string';
}

/** Returns the texts of parts as one. */
export function textOf(parts: Maybe): string {
  return listIn(parts)
    .map((part) => valueAt(part, ['text']))
    .filter((text) => typeof text === 'string')
    .join('');
}
