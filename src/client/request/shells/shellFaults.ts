/** Whether unquoted braces expand a word to several (Bash Reference Manual §3.5.1); `{{…}}` is a placeholder. */
export function areSeveral(bare: string): boolean {
  const open = bare.search(/(?<!\{)\{(?!\{)/);
  const comma = open < 0 ? -1 : bare.indexOf(',', open);
  return (comma > open && bare.indexOf('}', comma) > comma) || /\{\w{1,20}\.\.\w{1,20}\}/.test(bare);
}

/** Whether quotes that JSON needs vanish in the shell: they are within quotes of the same kind. */
export function hasLostQuotes(word: string, written: string): boolean {
  return /^[{[]/.test(word) && word.includes(':') && !word.includes('"') && /^"[{[]\s*"./.test(written);
}
