// Parsers of command lines on Windows: cmd at its prompt, PowerShell, and a program's own run-time library.

/** Returns the arguments of a program ("Parsing C command-line arguments" of Microsoft's C runtime). */
export function argumentsIn(line: string): string[] {
  const found: string[] = [];
  let [word, inQuotes, at] = [undefined as string | undefined, false, 0];
  while (at < line.length) {
    const [slashes = ''] = /^\\*/.exec(line.slice(at)) ?? [];
    const sign = line.charAt(at + slashes.length);
    if (slashes !== '' || sign === '"') {
      word ??= '';
      at += slashes.length;
      if (sign !== '"') {
        word += slashes;
        continue;
      }
      at += 1;
      word += '\\'.repeat(Math.floor(slashes.length / 2));
      if (slashes.length % 2 === 1) word += '"';
      else if (inQuotes && line.charAt(at) === '"') {
        word += '"';
        at += 1;
      } else inQuotes = !inQuotes;
    } else {
      at += 1;
      if (!inQuotes && /[ \t]/.test(sign)) {
        if (word !== undefined) found.push(word);
        word = undefined;
      } else word = (word ?? '') + sign;
    }
  }
  return word === undefined ? found : [...found, word];
}

/** Returns the line that cmd passes to a program. @throws if a part of it would be another command, or a redirection */
export function lineOfCmd(typed: string, variables: Readonly<Record<string, string>>): string {
  const expanded = expand(typed, variables);
  let [line, inQuotes] = ['', false];
  for (let at = 0; at < expanded.length; at += 1) {
    const sign = expanded.charAt(at);
    if (sign === '"') inQuotes = !inQuotes;
    if (!inQuotes && sign === '^') {
      at += expanded.charAt(at + 1) === '\n' ? 2 : 1;
      line += expanded.charAt(at);
    } else if (sign === '\n' || (!inQuotes && /[&|<>]/.test(sign))) {
      throw new Error(`cmd takes ${JSON.stringify(sign)} for its own in ${expanded}`);
    } else line += sign;
  }
  return line;
}

/** Returns the line that PowerShell passes to a program, from the text after `--%`. */
export function lineBehindStop(typed: string, variables: Readonly<Record<string, string>>): string {
  let inQuotes = false;
  for (const sign of typed) {
    if (/["“”„]/.test(sign)) inQuotes = !inQuotes;
    if (/[\r\n]/.test(sign) || (!inQuotes && /[|&]/.test(sign)))
      throw new Error(`PowerShell takes ${JSON.stringify(sign)} for its own in ${typed}`);
  }
  return expand(typed, variables);
}

/** Replaces `%NAME%` if the variable is set; others stay, as at cmd's prompt. */
function expand(text: string, variables: Readonly<Record<string, string>>): string {
  let [from, expanded] = [0, ''];
  for (;;) {
    const start = text.indexOf('%', from);
    if (start < 0) return expanded + text.slice(from);
    const end = text.indexOf('%', start + 1);
    const value = end < 0 ? undefined : variables[text.slice(start + 1, end).toUpperCase()];
    expanded += text.slice(from, start) + (value ?? '%');
    from = value === undefined ? start + 1 : end + 1;
  }
}

const LETTERS: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', 0: '\0' };

/** Returns the words of a PowerShell command, as its parser splits them. */
export function powerShellWords(typed: string, variables: Readonly<Record<string, string>>): string[] {
  const piece =
    /(\s+)|['‘’‚‛]((?:[^'‘’‚‛]|['‘’‚‛]{2})*)['‘’‚‛]|["“”„]((?:[^"“”„`]|`[\s\S])*)["“”„]|([\w:./-]+)|([\s\S])/gy;
  return [...typed.matchAll(piece)].flatMap(([, blank, single, double, bare, other]) => {
    if (blank !== undefined) return [];
    if (other !== undefined) throw new Error(`PowerShell takes ${other} for its own in ${typed}`);
    if (single !== undefined) return [single.replace(/(['‘’‚‛])['‘’‚‛]/g, '$1')];
    if (double === undefined) return [bare ?? ''];
    return [
      double.replace(
        /`([\s\S])|\$\(\[char\](\d+)\)|\$\{env:(\w+)\}|\$env:(\w+)|\$/g,
        (found, escaped?: string, code?: string, braced?: string, name = braced) => {
          if (escaped !== undefined) return LETTERS[escaped] ?? escaped;
          if (code !== undefined) return String.fromCharCode(Number(code));
          if (name === undefined) throw new Error(`PowerShell takes ${found} for its own in ${typed}`);
          return variables[name] ?? '';
        },
      ),
    ];
  });
}
