/** A text in a script that is a command's standard input (Bash Reference Manual §3.6.6 "Here Documents"). */
export interface HereDocument {
  /** Whether variables in it stand for themselves. */
  isQuoted: boolean;
  /** Returns its text, and the index behind its last line. @param start of the first line @param text without an end: all of the rest */
  read(text: string, start: number): { text: string; end: number };
}

/** Maximum length in which the end of one is looked for behind a line that would be its end, were it not indented. */
const MAX_BEHIND = 4096;

/** @param operator as it is written: `<<EOF`, `<<-'EOF'` */
export function hereDocument(operator: string): HereDocument {
  const [, dash, word = ''] = /^<<(-?)[ \t]*(.*)$/s.exec(operator) ?? [];
  const delimiter = word.replace(/^\\|^(['"])(.*)\1$/s, '$2');
  const end = `${delimiter.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?:\\n|$(?![^]))`;
  const own = dash === '-' ? '\\t*' : '';
  return {
    isQuoted: delimiter !== word,
    read: (text, start) => {
      // In the file that it was copied from, its end may stand where it has to: indented as all of the script is.
      const last = new RegExp(`^(?<indent>[ \\t]*)${end}`, 'gm');
      last.lastIndex = start;
      const found = last.exec(text);
      if (!found) return { text: withoutIndent(text.slice(start), own), end: text.length };
      const behind = text.slice(found.index, found.index + MAX_BEHIND);
      const exact = new RegExp(`^${own}${end}`, 'm').exec(behind);
      const at = found.index + (exact?.index ?? 0);
      const indent = exact ? own : (found.groups?.['indent'] ?? '');
      return { text: withoutIndent(text.slice(start, at), indent), end: exact ? at + exact[0].length : last.lastIndex };
    },
  };
}

/** @param indent that each line may begin with, as an expression */
function withoutIndent(text: string, indent: string): string {
  return indent === '' ? text : text.replace(new RegExp(`^${indent}`, 'gm'), '');
}
