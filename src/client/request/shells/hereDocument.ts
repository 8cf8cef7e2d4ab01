import { patternSource } from '../../../text/patternSource';

/** A text in a script that is a command's standard input (Bash Reference Manual §3.6.6 "Here Documents"). */
export interface HereDocument {
  /** Whether variables in it aren't expanded. */
  isQuoted: boolean;
  /**
   * Returns the document's text, and the index after its last line.
   * @param start of the first line
   * @param text if the document has no end, all of the rest belongs to it
   */
  read(text: string, start: number): { text: string; end: number };
}

/**
 * Maximum distance in which the exact end is searched for after a line that is the end except for its indentation, in
 * characters.
 */
const MAX_BEHIND = 4096;
/**
 * Maximum length of a delimiter, in characters: a regular expression of a megabyte is impossible. A longer one ends no
 * document.
 */
const MAX_DELIMITER = 1000;

/** Returns a here-document. @param operator as it is written: `<<EOF`, `<<-'EOF'` */
export function hereDocument(operator: string): HereDocument {
  const [, dash, word = ''] = /^<<(-?)[ \t]*(.*)$/s.exec(operator) ?? [];
  const delimiter = word.replace(/^\\|^(['"])(.*)\1$/s, '$2');
  const end = `${patternSource(delimiter.slice(0, MAX_DELIMITER))}(?:\\n|$(?![^]))`;
  const own = dash === '-' ? '\\t*' : '';
  return {
    isQuoted: delimiter !== word,
    read: (text, start) => {
      // Thousands of documents may be open.
      if (start >= text.length) return { text: '', end: text.length };
      // The whole script may have been pasted with indentation: then the delimiter is indented, too.
      const last = new RegExp(`^(?<indent>[ \\t]*)${end}`, 'gm');
      last.lastIndex = start;
      const found = last.exec(text);
      if (!found) return { text: withoutTabs(text.slice(start), own), end: text.length };
      const behind = text.slice(found.index, found.index + MAX_BEHIND);
      const exact = new RegExp(`^${own}${end}`, 'm').exec(behind);
      if (!exact) {
        const indent = found.groups?.['indent'] ?? '';
        return { text: withoutIndent(text.slice(start, found.index), indent), end: last.lastIndex };
      }
      const at = found.index + exact.index;
      return { text: withoutTabs(text.slice(start, at), own), end: at + exact[0].length };
    },
  };
}

/** Removes tabs at the beginnings of lines. @param tabs as an expression; empty: none are removed */
function withoutTabs(text: string, tabs: string): string {
  return tabs === '' ? text : text.replace(new RegExp(`^${tabs}`, 'gm'), '');
}

/** Removes the indentation of lines. @param indent may be too long for a regular expression */
function withoutIndent(text: string, indent: string): string {
  return indent === '' ? text : `\n${text}`.replaceAll(`\n${indent}`, '\n').slice(1);
}
