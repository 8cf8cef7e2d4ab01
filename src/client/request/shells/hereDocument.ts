/** A text in a script that is a command's standard input (Bash Reference Manual §3.6.6 "Here Documents"). */
export interface HereDocument {
  /** Whether variables in it stand for themselves. */
  isQuoted: boolean;
  /** Returns its text, and the index behind its last line. @param start of the first line @param text without an end: all of the rest */
  read(text: string, start: number): { text: string; end: number };
}

/** Maximum length in which the end of one is looked for behind a line that would be its end, were it not indented. */
const MAX_BEHIND = 4096;
/** Maximum length of the word that ends one, in characters: there is no expression of a megabyte. A longer one ends none. */
const MAX_DELIMITER = 1000;

/** @param operator as it is written: `<<EOF`, `<<-'EOF'` */
export function hereDocument(operator: string): HereDocument {
  const [, dash, word = ''] = /^<<(-?)[ \t]*(.*)$/s.exec(operator) ?? [];
  const delimiter = word.replace(/^\\|^(['"])(.*)\1$/s, '$2');
  const end = `${delimiter.slice(0, MAX_DELIMITER).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?:\\n|$(?![^]))`;
  const own = dash === '-' ? '\\t*' : '';
  return {
    isQuoted: delimiter !== word,
    read: (text, start) => {
      // There may be thousands that are open.
      if (start >= text.length) return { text: '', end: text.length };
      // In the file that it was copied from, its end may stand where it has to: indented as all of the script is.
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

/** @param tabs that each line may begin with, as an expression; none: they stay */
function withoutTabs(text: string, tabs: string): string {
  return tabs === '' ? text : text.replace(new RegExp(`^${tabs}`, 'gm'), '');
}

/** @param indent that each line may begin with: as long as it may be, it is no expression */
function withoutIndent(text: string, indent: string): string {
  return indent === '' ? text : `\n${text}`.replaceAll(`\n${indent}`, '\n').slice(1);
}
