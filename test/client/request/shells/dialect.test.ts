import { expect, test } from 'vitest';
import { type Dialect, dialectOf } from '../../../../src/client/request/shells/dialect';

test.each<[string, string, Dialect]>([
  ['a here-document, whose lines end as in cmd', 'curl -d @- <<EOF http://a/\n{"a": ^\n1} ^\nEOF', 'bash'],
  ['one whose lines end as in PowerShell', 'curl -d @- <<-"EOF" http://a/\n\t{"a": `\n\t-1}\n\tEOF', 'bash'],
  ['no end of it', 'curl -d "1 <<EOF 2" ^\n http://a/', 'cmd'],
  ['its end before it', 'rem\nEOF\ncurl -d "1 <<EOF 2" ^\n http://a/', 'cmd'],
  ['a here-string with one', "$body = @'\ncat <<EOF\na\nEOF\n'@\ncurl.exe `\n -d $body http://a/", 'powershell'],
])('with %s, a text is for its shell', (_, text, dialect) => {
  expect(dialectOf(text)).toBe(dialect);
});
