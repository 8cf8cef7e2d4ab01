import { veiled } from './request/secrets/secrets';

/** Maximum length of a word that is shown, in characters: names of commands and headers are shorter. */
const MAX_WORD = 40;

/** Returns the harmless start of a text that can't be parsed: its leading symbols and its first word, which is a name. */
export function firstWord(text: string): string {
  const [begin = ''] = /^[\s|&;<>()#\d]*(?:[A-Za-z_-][\w.-]*)?/.exec(text) ?? [];
  const short = begin.length > MAX_WORD ? `${begin.slice(0, MAX_WORD)}…` : begin;
  const shown = veiled(short).trim();
  return begin.length < text.trimEnd().length && begin === short ? `${shown} …` : shown;
}
