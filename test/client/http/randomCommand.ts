/** Returns a script for bash with a curl command, written in a random way. */
export function randomCommand(random: () => number, url: string): string {
  return new RandomCommand(random).script(url);
}

/** Characters of random texts. Without `>`, since a name between `<` and `>` is a placeholder. */
/** Characters of random texts. Without `>`, since a name between `<` and `>` is a placeholder. */
const LETTERS = [...'aZ09 -_.:/=+~^%@,\'"\\$`!#&*()[]{}<|;?éあ😀'];

class RandomCommand {
  readonly #random: () => number;
  /** Statements before the command. */
  readonly #before: string[] = [];
  #variables = 0;
  /** Here-document after the line. */
  #document = '';

  constructor(random: () => number) {
    this.#random = random;
  }

  script(url: string): string {
    const words = [this.#pick(['curl', 'curl', '/usr/bin/curl', 'command curl', 'A=1 curl', 'time curl'])];
    const parts = [
      this.#pick(['-s', '-sN', '--silent', '-sS --no-buffer', '-s --compressed', '-s --max-time 10 --retry 0']),
    ];
    for (let left = this.#below(4); left > 0; left -= 1) parts.push(this.#option());
    parts.push(this.#data(), this.#url(url));
    if (this.#is(0.2)) parts.push(this.#pick(['2>/dev/null', '> /dev/null', '2>&1', '>/dev/null 2>&1']));
    const gaps = parts.filter(Boolean).map((part) => this.#gap() + part);
    const tail = this.#pick(['', '', '', ' | cat', ' # a comment', ' && true', '; true', '\ntrue']);
    const end = this.#document === '' ? tail : this.#pick(['', ' | cat']) + this.#document;
    return [
      '# It has two lines at least: on one, a backslash may stand for a line’s end.',
      ...this.#before,
      words.join(' ') + gaps.join('') + end,
    ].join(this.#pick(['\n', '\n\n', '\n# It is here.\n']));
  }

  #option(): string {
    const text = () => this.#text(8).trim();
    const named = (short: string, long: string, value: string) =>
      this.#pick([`${short} ${this.#quoted(value)}`, `${long} ${this.#quoted(value)}`]);
    const ways = [
      () => named('-H', '--header', `x-${this.#below(9)}: ${text()}x`),
      () => named('-A', this.#pick(['--user-agent', '--user-a']), `${text()}x`),
      () => named('-e', this.#pick(['--referer', '--refe']), `http://r/${this.#below(9)}`),
      () => named('-b', '--cookie', `c${this.#below(9)}=${this.#below(9)}`),
      () => named('-u', '--user', `u${this.#below(9)}:${text()}p`),
      () => `--oauth2-bearer ${this.#quoted(`t${this.#below(99)}`)}`,
      () => `--url-query ${this.#quoted(`q=${text()}x`)}`,
      () => this.#pick(['-k', '-L', '--location', '-f', '--tlsv1.2', '-4', '-g']),
    ];
    return this.#pick(ways)();
  }

  #data(): string {
    const text = `x${this.#text(20)}`;
    const ways = [
      () => '',
      () => `-d ${this.#quoted(text)}`,
      () => `${this.#pick(['--data', '--data-raw', '--data-binary', '--data-ascii'])} ${this.#quoted(text)}`,
      () => `-d ${this.#quoted(`a=${this.#text(5)}`)} -d ${this.#quoted(`b=${this.#text(5)}`)}`,
      () => `-G --data-urlencode ${this.#quoted(`a=${this.#text(9)}`)}`,
      () => `--data-urlen ${this.#quoted(`a=${this.#text(9)}`)}`,
      () => `--json ${this.#quoted(JSON.stringify({ a: this.#text(9) }))}`,
      () => `-X ${this.#pick(['PUT', 'PATCH', 'DELETE'])} -d ${this.#quoted(text)}`,
      () => `-d @- <<< ${this.#quoted(text)}`,
      () => this.#here(text),
      () => `-d "$(cat <<'END'\n${text.replaceAll('END', '')}\n"a" (b\nEND\n)"`,
    ];
    return this.#pick(ways)();
  }

  #here(text: string): string {
    const option = this.#pick(['-d @-', '--data-binary @-', '--json @-']);
    const [dash, indent] = this.#pick([
      ['', ''],
      ['-', '\t'],
    ]);
    const isOpen = this.#is(0.3);
    // Characters that an unquoted here-document would expand are escaped.
    const line = isOpen ? text.replace(/[\\$`]/g, '\\$&') : text;
    this.#document = `\n${indent}{ "a": 1,\n${indent}${line}\n${indent}EOF`;
    return `${option} <<${dash}${isOpen ? 'EOF' : "'EOF'"}`;
  }

  #url(url: string): string {
    const safe = [..."aZ09-._~!$&'()*+,;=:@%41"];
    const query = Array.from({ length: this.#below(10) }, () => this.#pick(safe))
      .join('')
      .replaceAll('%', '%25');
    const address = this.#is(0.5) ? `${url}?q=${query}` : url;
    return this.#pick([this.#quoted(address), `--url ${this.#quoted(address)}`]);
  }

  /** Returns a word for the text. */
  #quoted(text: string): string {
    if (text === '') return this.#pick(["''", '""']);
    if (this.#is(0.2)) return this.#variable(text);
    const characters = [...text];
    const cut = this.#below(characters.length + 1);
    const parts = this.#is(0.3) ? [characters.slice(0, cut).join(''), characters.slice(cut).join('')] : [text];
    return parts.map((part) => (part === '' ? "''" : this.#inQuotes(part))).join('');
  }

  #inQuotes(text: string): string {
    const isPlain = /^[\w:/.?=-]+$/.test(text);
    const ways = [
      () => `'${text.replaceAll("'", "'\\''")}'`,
      // A `!` has a meaning at a prompt, but not in scripts.
      () => `"${text.replace(/[\\$`"]/g, '\\$&')}"`,
      () => `$'${text.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('é', '\\xc3\\xa9')}'`,
      () => (isPlain ? text : `'${text.replaceAll("'", "'\"'\"'")}'`),
      () => (text.includes('\n') ? `"${text.replace(/[\\$`"]/g, '\\$&')}"` : text.replace(/[^\w:/.=-]/gu, '\\$&')),
    ];
    return this.#pick(ways)();
  }

  #variable(text: string): string {
    this.#variables += 1;
    const name = `V${this.#variables}`;
    const statement = this.#pick(['', 'export ', 'readonly ']);
    this.#before.push(`${statement}${name}=${this.#inQuotes(text)}`);
    return this.#pick([`"$${name}"`, `"\${${name}}"`, `"\${${name}:-other}"`]);
  }

  #gap(): string {
    return this.#pick([' ', ' ', '  ', '\t', ' \\\n', ' \\\n  ', '\\\n ']);
  }

  #text(most: number): string {
    return Array.from({ length: this.#below(most + 1) }, () => this.#pick(LETTERS)).join('');
  }

  #is(probability: number): boolean {
    return this.#random() < probability;
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #pick<T>(choices: readonly T[]): T {
    return choices[this.#below(choices.length)] as T;
  }
}
