/** A text in a script that is a command's standard input (Bash Reference Manual §3.6.6 "Here Documents"). */
export interface HereDocument {
  /** Whether variables in it stand for themselves. */
  isQuoted: boolean;
  /** Returns its text, and the index behind its last line. @param start of the first line @param text without an end: all of the rest */
  read(text: string, start: number): { text: string; end: number };
}

/** @param operator as it is written: `<<EOF`, `<<-'EOF'` */
export function hereDocument(operator: string): HereDocument {
  const [, dash, word = ''] = /^<<(-?)[ \t]*(.*)$/s.exec(operator) ?? [];
  const delimiter = word.replace(/^\\|^(['"])(.*)\1$/s, '$2');
  const end = delimiter.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  // In the file that it was copied from, its end may stand where it has to: indented as all of the script is.
  const ends = [dash === '-' ? `\\t*${end}` : end, `(?<indent>[ \\t]*)${end}`].map((line) => `^${line}(?:\n|$(?![^]))`);
  return {
    isQuoted: delimiter !== word,
    read: (text, start) => {
      for (const pattern of ends) {
        const last = new RegExp(pattern, 'gm');
        last.lastIndex = start;
        const found = last.exec(text);
        if (!found) continue;
        const indent = dash === '-' ? '\\t+' : found.groups?.['indent'];
        return { text: withoutIndent(text.slice(start, found.index), indent), end: last.lastIndex };
      }
      return { text: withoutIndent(text.slice(start), dash === '-' ? '\\t+' : undefined), end: text.length };
    },
  };
}

/** @param indent that each line may begin with */
function withoutIndent(text: string, indent: string | undefined): string {
  return indent ? text.replace(new RegExp(`^${indent}`, 'gm'), '') : text;
}
