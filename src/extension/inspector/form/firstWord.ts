import { veiled } from '../../../client/request/secrets/secrets';

/** Maximum length of what is shown of a word, in characters: names of commands and headers are shorter. */
const MAX_WORD = 40;

/** Returns what may be shown of a text that can't be read: the signs it begins with and its first word, which is a name. */
export function firstWord(text: string): string {
  const [begin = ''] = /^[\s|&;<>()#\d]*(?:[A-Za-z_-][\w.-]*)?/.exec(text) ?? [];
  const short = begin.length > MAX_WORD ? `${begin.slice(0, MAX_WORD)}…` : begin;
  const shown = veiled(short).trim();
  return begin.length < text.trimEnd().length && begin === short ? `${shown} …` : shown;
}
