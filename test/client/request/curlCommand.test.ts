// Writes a request as a command for bash, cmd and PowerShell; in test/client/http/sentCommand.test.ts, curl itself sends
// it.
import { expect, test } from 'vitest';
import { parseRequest } from '../../../src/client/request/curl';
import { type Shell, toCurl } from '../../../src/client/request/curlCommand';
import { mask, unmask } from '../../../src/client/request/secrets/secrets';
import { secretVariables } from '../../../src/client/request/secrets/secretVariables';
import type { StreamRequest } from '../../../src/client/request/streamRequest';
import { get, post } from '../../support/client/requests';
import { argumentsIn, lineBehindStop, lineOfCmd, powerShellWords } from '../../support/programs/windowsShells';
import { fuzz } from '../../support/random/fuzz';

/**
 * Returns the arguments that curl gets on Windows from the lines of a command. The value of each variable is its name in
 * small letters.
 */
function argumentsOn(shell: 'cmd' | 'powershell', text: string): string[] {
  const lines = text.split('\n');
  const values: Record<string, string> = { PATH: 'C:\\Windows' };
  while (!lines[0]?.startsWith('curl.exe ')) {
    const [, name = ''] = /^(?:set "(\w+)="|\$env:(\w+) = '')$/.exec(lines[0] ?? '')?.filter(Boolean) ?? [];
    if (name !== '') values[name] = name.toLowerCase();
    else expect(lines[0]).toMatch(/^(?:# For PowerShell: |\$PSNativeCommandArgumentPassing = 'Legacy'$)/);
    lines.shift();
  }
  const command = lines.join('\n');
  if (shell === 'cmd' && !text.startsWith('#')) return argumentsIn(lineOfCmd(command, values)).slice(1);
  const stop = 'curl.exe --% ';
  if (command.startsWith(stop)) return argumentsIn(lineBehindStop(command.slice(stop.length), values));
  const words = powerShellWords(command, values).slice(1);
  if (!text.includes("'Legacy'")) return words;
  // An argument with a blank is put between quotes, and the backslashes before the last one are doubled.
  return words.flatMap((word) => argumentsIn(/\s/.test(word) ? `"${word}${/\\*$/.exec(word)}"` : word));
}

/**
 * Returns the arguments that the command for bash should give, with which the others are compared: tests of
 * parseRequest and of curl itself verify these.
 */
function plainArguments({ method, url, headers, body }: StreamRequest): unknown {
  return [
    ...(method === (body === undefined ? 'GET' : 'POST') ? [] : [method]),
    url,
    ...headers.map(([name, value]) => (value === '' ? `${name};` : `${name}: ${value}`)),
    ...(body === undefined ? [] : [body]),
  ];
}

/** Returns the value of a variable, as above. */
function variableIn(subject: string): string {
  return (/[A-Z\d_]{2,}/.exec(subject)?.[0] ?? subject).toLowerCase();
}

const FLAGS = new Set(['-N', '-k', '-g', '-I', '-X', '-H', '--compressed', '--data-raw', 'Content-Type:']);
const withoutFlags = (words: string[]) => words.filter((word) => !FLAGS.has(word));

test('secrets become variables named after their place, set to an empty value on lines before the command', () => {
  const given: StreamRequest = {
    ...post('{"password":"p1"}'),
    url: 'http://u:p@a/?api_key=k1&token=t1',
    headers: [
      ['Authorization', 'Bearer a1'],
      ['X-Api-Key', 'k2'],
      ['Cookie', 'c1'],
      ['Content-Type', 'application/json'],
    ],
  };
  const { request, secrets } = mask(given);
  const variables = secretVariables(request, secrets);
  expect([...variables.values()].sort()).toEqual(
    ['API_KEY', 'API_KEY_2', 'AUTHORIZATION', 'COOKIE', 'CREDENTIALS', 'PASSWORD', 'TOKEN'].sort(),
  );
  const lines = toCurl(request, { variables }).split('\n');
  expect(lines.slice(0, -1).sort()).toEqual([...variables.values()].map((name) => `${name}=''`).sort());
  expect(lines.at(-1)).toContain('-H "Authorization: Bearer $AUTHORIZATION"');
  expect(lines.join('\n')).not.toMatch(/[kpact]1|k2|•••/);
});

test.each<[Shell, string]>([
  ['posix', `AUTHORIZATION=''\ncurl -N http://a/ -H "Authorization: Bearer $AUTHORIZATION"`],
  ['cmd', `set "AUTHORIZATION="\ncurl.exe -N http://a/ -H "Authorization: Bearer %AUTHORIZATION%"`],
  ['powershell', `$env:AUTHORIZATION = ''\ncurl.exe -N http://a/ -H "Authorization: Bearer $env:AUTHORIZATION"`],
])('for %s, the command is the expected one', (shell, text) => {
  const { request, secrets } = mask(get('http://a/', ['Authorization', 'Bearer k']));
  expect(toCurl(request, { shell, variables: secretVariables(request, secrets) })).toBe(text);
});

test.each([
  ['parameter path', 'SECRET_PATH'],
  ['header pwd', 'SECRET_PWD'],
  ['header x-2fa', 'SECRET_2FA'],
  ['body user[password]', 'USER_PASSWORD'],
  ['body', 'SECRET'],
  ['url', 'SECRET'],
  ['user', 'CREDENTIALS'],
  ['header ключ', 'SECRET'],
])('a secret in “%s” becomes the variable %s', (place, name) => {
  const request = post('•••1');
  const secret = { number: 1, value: 'v', origin: 'http://a', place };
  expect([...secretVariables(request, [secret])]).toEqual([['•••1', name]]);
});

test('a text that only looks like a mask stays as it is', () => {
  const request = post('•••1');
  expect(toCurl(request, { variables: secretVariables(request, []) })).toBe(toCurl(request));
  expect(toCurl(request)).toContain(`--data-raw '•••1'`);
});

test('a command that cmd and PowerShell read alike is the same for both', () => {
  const request = get('http://a/events?x=1', ['Accept', 'text/event-stream'], ['X-A', "it's (b) ~ #1"]);
  const command = `curl.exe -N "http://a/events?x=1" -H "Accept: text/event-stream" -H "X-A: it's (b) ~ #1"`;
  expect([toCurl(request, { shell: 'cmd' }), toCurl(request, { shell: 'powershell' })]).toEqual([command, command]);
});

test.each<['cmd' | 'powershell', string, string]>([
  ['cmd', '{"a":1}', String.raw`"{\"a\":1}"`],
  ['cmd', '{"a":"b & c"}', String.raw`"{\"a\":\"b "&" c\"}"`],
  ['cmd', 'a%20b', '"a%"2"0b"'],
  ['powershell', '{"a":"b | c"}', String.raw`"{\"a\":\"b "|" c\"}"`],
  ['powershell', '$a', "'$a'"],
  ['powershell', "it's $a ’", "'it''s $a ’’'"],
  ['powershell', 'a\nb`', '"a`nb``"'],
])('for %s, %j is written %s', (shell, body, written) => {
  expect(toCurl(post(body), { shell }).endsWith(`--data-raw ${written}`)).toBe(true);
});

test('several lines, or more than 8,191 characters, make a command for PowerShell that says so', () => {
  const isForPowerShell = (body: string) => toCurl(post(body), { shell: 'cmd' }).startsWith('# For PowerShell: ');
  const room = 8191 - toCurl(post('x'), { shell: 'cmd' }).length + 1;
  expect(['a\r\nb', 'a\nb', '\t', 'x'.repeat(room + 1)].map(isForPowerShell)).toEqual([true, true, true, true]);
  expect(isForPowerShell('x'.repeat(room))).toBe(false);
});

test('curl gets the same arguments on Windows for any request, and each command is read back as the same request', async () => {
  const parts = [
    ...'azAZ09 \'"`\\$!#%&*()[]{}|;:,.<>?/~^=+-_@',
    ...[
      'é',
      'あ',
      '“',
      '’',
      '\\\\',
      '\\"',
      '""',
      '%PATH%',
      '%PATH',
      '%%',
      '$env:PATH',
      '$(x)',
      '&&',
      '{"a": "b c"}',
      '\n',
      '\r',
      '\t',
    ],
  ];
  await fuzz(100, (random) => {
    const text = (most: number) =>
      Array.from({ length: Math.floor(random() * (most + 1)) }, () => parts[Math.floor(random() * parts.length)]).join(
        '',
      );
    const given: StreamRequest = {
      method: random() < 0.5 ? 'GET' : 'PUT',
      url: `http://a/?token=T${encodeURIComponent(text(3)).replaceAll("'", '%27')}&x=1`,
      headers: [
        ['Authorization', `Bearer A${text(1).replace(/\s/g, '')}`],
        [
          'X-A',
          text(8)
            .replace(/[\r\n]/g, '')
            .trim(),
        ],
      ],
      body: random() < 0.7 ? `{"password":"P"}${text(12)}` : undefined,
      insecure: false,
    };
    const { request, secrets } = mask(given);
    const variables = secretVariables(request, secrets);
    const named = secrets.map((secret) => ({
      ...secret,
      value: variables.get(`•••${secret.number}`)?.toLowerCase() ?? secret.value,
    }));
    for (const shell of ['cmd', 'powershell'] as const) {
      const [whole, blank] = [toCurl(given, { shell }), toCurl(request, { shell, variables })];
      expect(withoutFlags(argumentsOn(shell, whole))).toEqual(plainArguments(given));
      expect(withoutFlags(argumentsOn(shell, blank))).toEqual(plainArguments(unmask(request, named)));
      // A text with a sign of another shell is read as a command for that shell.
      if (/\$env:|\$\(|%PATH|[\s=:<($\\]'/.test(whole)) continue;
      // A random text may contain `<a>`, which stays as it is.
      expect(parseRequest(whole).request).toEqual(given);
      const values = new Map(parseRequest(blank).notes.map(({ subject }) => [subject, variableIn(subject)]));
      expect(parseRequest(blank, { values }).request).toEqual(unmask(request, named));
    }
  });
});

test('on Linux and macOS, a command for PowerShell is curl’s own, with each word as it is', () => {
  const request = {
    method: 'GET',
    url: 'http://a/',
    headers: [['A', `x';"y\\`]] as [string, string][],
    insecure: false,
  };
  expect(toCurl(request, { shell: 'pwsh' })).toBe(
    `$PSNativeCommandArgumentPassing = 'Standard'\ncurl -N http://a/ -H 'A: x'';"y\\'`,
  );
});

test.each([`"'"'$x`, `$x"'"`, `"''"$x`])(
  'a copied command for pwsh with the value %j isn’t taken for one of bash',
  (value) => {
    const request = { method: 'GET', url: 'http://a/', headers: [['A', value]] as [string, string][], insecure: false };
    expect(parseRequest(toCurl(request, { shell: 'pwsh' })).request).toEqual(request);
  },
);

test.each([
  ...['a\nb', '{\n  "a": 1\n}', "it's\r\n$HOME", '{\n  "a": "say \\"hi\\""\n}'],
  ...[`{"a":"don't"}`, `{"a":"rock 'n \\"roll\\""}`, '“It’s”', 'a=\\\\b', 'b\\', 'a=^'],
])('such a command with the body %j is read as what it is', (body) => {
  const request = { method: 'POST', url: 'http://a/', headers: [], body, insecure: false };
  expect(parseRequest(toCurl(request, { shell: 'pwsh' })).request).toMatchObject({ body });
});

test.each<[Shell, string]>(
  (['cmd', 'powershell'] as const).flatMap((shell) =>
    ['{"pattern":"^[a-z]+$"}', 'a=^', '"^'].map((body) => [shell, body] as const),
  ),
)('a command copied for %s with the body %j is read with its carets', (shell, body) => {
  const request = { method: 'POST', url: 'http://a/', headers: [], body, insecure: false };
  expect(parseRequest(toCurl(request, { shell })).request).toMatchObject({ body });
});

/** Returns words as fish reads them: within single quotes, a backslash escapes a quote and itself. In double ones are apostrophes alone. */
function fishWords(command: string): string[] {
  const unquoted = (word: string) =>
    word.replace(/"('+)"|'((?:[^'\\]|\\.)*)'|\\(.)/gs, (_, signs = '', quoted?: string, escaped = '') =>
      quoted === undefined ? signs + escaped : quoted.replace(/\\([\\'])/g, '$1'),
    );
  return (command.match(/(?:"'+"|'(?:[^'\\]|\\.)*'|\\.|[^\s'"\\])+/gs) ?? []).map(unquoted);
}

test('a word with control characters has no apostrophe and no parenthesis that Nushell would end it by, or run', () => {
  const text = "\ta';id;'(id)\\";
  const request = { method: 'GET', url: 'http://a/', headers: [['A', text]] as [string, string][], insecure: false };
  const command = toCurl(request);
  expect(command).toContain("$'A: \\ta\\047;id;\\047\\050id\\051\\\\'");
  expect(command.match(/'/g)).toHaveLength(2);
  expect(parseRequest(command).request.headers).toEqual([['A', text.trim()]]);
});

test('fish reads a copied command as bash does: in its single quotes, a backslash would be an escape', () => {
  for (const text of ["\\';touch x;#", "a\\'b", '\\', "it's \\ here", "'\\''"]) {
    const request = { method: 'GET', url: 'http://a/', headers: [['A', text]] as [string, string][], insecure: false };
    const command = toCurl(request);
    expect(fishWords(command).at(-1)).toBe(`A: ${text}`);
    expect(parseRequest(command).request).toEqual(request);
  }
});
