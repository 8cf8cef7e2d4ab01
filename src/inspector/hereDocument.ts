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
  const isQuoted = delimiter !== word;
  const indent = dash === '-' ? /^\t+/gm : undefined;
  return {
    isQuoted,
    read: (text, start) => {
      for (let at = start; at < text.length; ) {
        const lineEnd = text.indexOf('\n', at);
        const end = lineEnd < 0 ? text.length : lineEnd;
        const line = text.slice(at, end);
        if ((indent ? line.replace(/^\t+/, '') : line) === delimiter)
          return { text: withoutIndent(text.slice(start, at), indent), end: Math.min(end + 1, text.length) };
        at = end + 1;
      }
      return { text: withoutIndent(text.slice(start), indent), end: text.length };
    },
  };
}

function withoutIndent(text: string, indent: RegExp | undefined): string {
  return indent ? text.replace(indent, '') : text;
}
