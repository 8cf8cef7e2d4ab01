// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is the shell that would replace them
import { expect, test } from 'vitest';
import { CurlError, type CurlErrorCode, parseRequest, type RequestNote } from '../../../src/client/request/curl';
import { toCurl } from '../../../src/client/request/curlCommand';
import { Environment } from '../../../src/client/request/environment';
import { pastedCommand } from '../../../src/client/request/pastedCommand';
import { ShellReader } from '../../../src/client/request/shells/shellReader';
import type { StreamRequest } from '../../../src/client/request/streamRequest';
import { fuzz } from '../../support/random/fuzz';
import { mutate } from '../../support/random/random';

const request = (text: string) => parseRequest(text).request;
const url = (text: string) => request(text).url;
const shellWords = (text: string) => new ShellReader(text).command(0, new Environment({}));
const words = (text: string) => shellWords(text).words;
/** Parts of a command, by the shell that it is written for. */
const wordsOf = (text: string) => pastedCommand(text.replaceAll('\r\n', '\n'), new Environment({}))?.words;
/** Returns the headers of a command for `http://a/`. */
const headers = (options: string) => request(`curl ${options} http://a/`).headers;

/** Returns the text that a one-line input box makes of lines. */
const onOneLine = (text: string) => text.replace(/\r?\n/g, ' ');

function errorOf(text: string): [CurlErrorCode, string | undefined] | undefined {
  try {
    parseRequest(text);
  } catch (error) {
    if (error instanceof CurlError) return [error.code, error.subject];
    throw error;
  }
  return undefined;
}

interface Example {
  text: string;
  request: StreamRequest;
  notes: RequestNote[];
}

const EXAMPLES: Record<string, Example> = {
  'OpenAI’s docs': {
    text: `curl https://api.openai.com/v1/chat/completions \\
  -H "Content-Type: application/json" \\
  -H "Authorization: Bearer $OPENAI_API_KEY" \\
  -d '{
    "model": "gpt-4o",
    "messages": [{ "role": "user", "content": "Hello!" }],
    "stream": true
  }'
`,
    request: {
      method: 'POST',
      url: 'https://api.openai.com/v1/chat/completions',
      headers: [
        ['Content-Type', 'application/json'],
        ['Authorization', 'Bearer $OPENAI_API_KEY'],
      ],
      body: `{
    "model": "gpt-4o",
    "messages": [{ "role": "user", "content": "Hello!" }],
    "stream": true
  }`,
      insecure: false,
    },
    notes: [{ code: 'placeholder', subject: '$OPENAI_API_KEY' }],
  },
  'Anthropic’s docs': {
    text: `curl https://api.anthropic.com/v1/messages \\
     --header "anthropic-version: 2023-06-01" \\
     --header "content-type: application/json" \\
     --header "x-api-key: \${ANTHROPIC_API_KEY}" \\
     --data \\
'{
  "model": "claude-sonnet-4-5",
  "messages": [{"role": "user", "content": "Hello"}],
  "max_tokens": 256,
  "stream": true
}'`,
    request: {
      method: 'POST',
      url: 'https://api.anthropic.com/v1/messages',
      headers: [
        ['anthropic-version', '2023-06-01'],
        ['content-type', 'application/json'],
        ['x-api-key', '${ANTHROPIC_API_KEY}'],
      ],
      body: `{
  "model": "claude-sonnet-4-5",
  "messages": [{"role": "user", "content": "Hello"}],
  "max_tokens": 256,
  "stream": true
}`,
      insecure: false,
    },
    notes: [{ code: 'placeholder', subject: '$ANTHROPIC_API_KEY' }],
  },
  'Chrome’s copy': {
    text: `curl 'https://example.com/api/chat?tags\\[\\]=a%20b&n=1' \\
  -H 'accept: text/event-stream' \\
  -H 'accept-language: ja,en;q=0.9' \\
  -H 'content-type: application/json' \\
  -b 'session=abc123; theme=dark' \\
  -H 'sec-ch-ua: "Chromium";v="140", "Not=A?Brand";v="24"' \\
  -H 'user-agent: Mozilla/5.0 (X11; Linux x64)' \\
  --data-raw $'{"text":"it\\'s 100\\u0025 \\u0021\\\\n","icon":"\\ud83d\\ude00"}' \\
  --compressed \\
  --insecure`,
    request: {
      method: 'POST',
      url: 'https://example.com/api/chat?tags[]=a%20b&n=1',
      headers: [
        ['accept', 'text/event-stream'],
        ['accept-language', 'ja,en;q=0.9'],
        ['content-type', 'application/json'],
        ['sec-ch-ua', '"Chromium";v="140", "Not=A?Brand";v="24"'],
        ['user-agent', 'Mozilla/5.0 (X11; Linux x64)'],
        ['Cookie', 'session=abc123; theme=dark'],
        ['Accept-Encoding', 'gzip, deflate, br'],
      ],
      body: '{"text":"it\'s 100% !\\n","icon":"😀"}',
      insecure: true,
    },
    notes: [],
  },
  'Chrome’s copy for Windows': {
    text: `curl ^"https://example.com/api?a=1^&b=^%^20^" ^
  -H ^"accept: text/event-stream^" ^
  -H ^"sec-ch-ua: ^\\^"Chromium^\\^";v=^\\^"140^\\^"^" ^
  --data-raw ^"^{^\\^"path^\\^":^\\^"C:^\\^\\^\\^\\x^\\^",^\\^"price^\\^":^\\^"^$US^\\^"^}^"`,
    request: {
      method: 'POST',
      url: 'https://example.com/api?a=1&b=%20',
      headers: [
        ['accept', 'text/event-stream'],
        ['sec-ch-ua', '"Chromium";v="140"'],
        ['Content-Type', 'application/x-www-form-urlencoded'],
      ],
      body: '{"path":"C:\\\\x","price":"$US"}',
      insecure: false,
    },
    notes: [],
  },
  'Firefox’s copy': {
    text: `curl 'https://example.org/events' --compressed -X POST -H 'User-Agent: Mozilla/5.0' -H 'Accept: */*' -H 'Accept-Encoding: gzip, deflate, br, zstd' -H 'Content-Type: text/plain;charset=UTF-8' -H 'Origin: https://example.org' -H 'Connection: keep-alive' --data-raw $'caf\\xe9\\041 \\u3042 it\\'s\\nso'`,
    request: {
      method: 'POST',
      url: 'https://example.org/events',
      headers: [
        ['User-Agent', 'Mozilla/5.0'],
        ['Accept', '*/*'],
        ['Accept-Encoding', 'gzip, deflate, br, zstd'],
        ['Content-Type', 'text/plain;charset=UTF-8'],
        ['Origin', 'https://example.org'],
        ['Connection', 'keep-alive'],
      ],
      body: "café! あ it's\nso",
      insecure: false,
    },
    notes: [],
  },
  'a line typed by hand': {
    text: `$ curl -sN -XPOST -d '{"a":1}' localhost:8080/x`,
    request: {
      method: 'POST',
      url: 'http://localhost:8080/x',
      headers: [['Content-Type', 'application/x-www-form-urlencoded']],
      body: '{"a":1}',
      insecure: false,
    },
    notes: [],
  },
};

test.each(Object.entries(EXAMPLES))('%s are read as intended', (_, example) => {
  expect(parseRequest(example.text)).toEqual({ request: example.request, notes: example.notes });
});

test.each(Object.entries(EXAMPLES))('%s, pasted into a one-line box, are the same request', (_, example) => {
  const { request, notes } = parseRequest(onOneLine(example.text));
  expect({ ...request, body: request.body?.replace(/\s+/g, '') }).toEqual({
    ...example.request,
    body: example.request.body?.replace(/\s+/g, ''),
  });
  expect(notes).toEqual(example.notes);
});

test.each([
  ['https://example.com/stream?a=1#b', 'https://example.com/stream?a=1#b'],
  ['  http://example.com/a b  ', 'http://example.com/a b'],
  ['example.com/stream', 'https://example.com/stream'],
  ['example.com:443/stream', 'https://example.com:443/stream'],
  ['example.com:4430/stream', 'http://example.com:4430/stream'],
  ['server:3000', 'http://server:3000'],
  ['192.168.1.5:8080/event', 'http://192.168.1.5:8080/event'],
  ['localhost/event', 'http://localhost/event'],
  ['localhost:8080/event', 'http://localhost:8080/event'],
  ['api.localhost?a', 'http://api.localhost?a'],
  ['notlocalhost/event', 'https://notlocalhost/event'],
  ['localhost.example.com', 'https://localhost.example.com'],
  ['127.0.0.1/event', 'http://127.0.0.1/event'],
  ['127.example.com', 'https://127.example.com'],
  ['[::1]/event', 'http://[::1]/event'],
  ['curl.se/docs', 'https://curl.se/docs'],
  ['"https://a/b"', 'https://a/b'],
  ["'https://a/b'", 'https://a/b'],
  ['`https://a/b`', 'https://a/b'],
  ['<https://a/b>', 'https://a/b'],
  ['$ https://a/b', 'https://a/b'],
])('%s is a request for %s', (text, expected) => {
  expect(parseRequest(text)).toEqual({
    request: { method: 'GET', url: expected, headers: [], insecure: false },
    notes: [],
  });
});

test('a URL without a scheme in a command gets http:, as in curl', () => {
  expect(url('curl example.com/x')).toBe('http://example.com/x');
  expect(url('curl.exe --url localhost:8080')).toBe('http://localhost:8080');
});

test.each<[text: string, code: CurlErrorCode, subject?: string]>([
  ['', 'noUrl'],
  ['""', 'noUrl'],
  ['curl', 'noUrl'],
  ['curl -N', 'noUrl'],
  ["curl ''", 'noUrl'],
  ['curl http://a/ http://b/', 'manyUrls', 'http://b/'],
  ['curl --url http://a/ -- -b', 'manyUrls', '-b'],
  ['wget http://a/', 'notUnderstood', 'wget'],
  ['{"a":1}', 'notUnderstood', '{"a":1}'],
  ['[1]', 'notUnderstood', '[1]'],
  ['<a>b</a>', 'notUnderstood', '<a>b</a>'],
  ['/event', 'url', '/event'],
  ['http://', 'url', 'http://'],
  ['curl http://a:port/', 'url', 'http://a:port/'],
  ['ftp://a/', 'scheme', 'ftp:'],
  ['file:/etc/passwd', 'scheme', 'file:'],
  ['curl FILE:///etc/passwd', 'scheme', 'FILE:'],
  ["curl 'http://a/", 'quote', "'"],
  ['curl http://a/ -H "A: b', 'quote', '"'],
  ["curl http://a/ -d $'it\\'s", 'quote', "$'"],
  ['curl http://a/`date', 'quote', '`'],
  ['curl http://a/ -H', 'noValue', '-H'],
  ['curl http://a/ -sX', 'noValue', '-X'],
  ['curl http://a/ --data', 'noValue', '--data'],
  ['curl http://a/ --request=POST', 'unknownOption', '--request=POST'],
  ['curl http://a/ -sW', 'unknownOption', '-W'],
  ['curl http://a/ -', 'unknownOption', '-'],
  ['curl http://a/ --constructor', 'unknownOption', '--constructor'],
  ['curl http://a/ -d@-', 'unsupported', '-d @-'],
  ['curl http://a/ -b cookies.txt', 'unsupported', '-b cookies.txt'],
  ['curl http://a/ -F a=b', 'unsupported', '-F'],
  ['curl http://a/ --form a=b', 'unsupported', '--form'],
  ['curl http://a/ --next http://b/', 'unsupported', '--next'],
  ['curl http://a/ -I -d x', 'unsupported', '-I -d'],
  ['curl http://a/ -H Name', 'header', 'Name'],
  ["curl http://a/ -H 'Name;value'", 'header', 'Name;value'],
  ["curl http://a/ -H 'A Name: b'", 'header', 'A Name: b'],
  ["curl http://a/ -A $'a\\r\\nB: c'", 'header', 'User-Agent: a\r\nB: c'],
  ["curl http://a/ -X 'P OST'", 'method', 'P OST'],
])('%s is refused: %s %s', (text, code, subject) => {
  expect(errorOf(text)).toEqual([code, subject]);
});

test('an error’s message says what is wrong, and where', () => {
  expect(() => parseRequest('curl --Silent a')).toThrow('no such option, or it is not known here: --Silent');
  expect(() => parseRequest('curl')).toThrow(/^There is no URL$/);
});

test('short options may stand together, the last with its value', () => {
  expect(request("curl -sSNkXPUT -H'A: b' http://a/")).toEqual({
    method: 'PUT',
    url: 'http://a/',
    headers: [['A', 'b']],
    body: undefined,
    insecure: true,
  });
  expect(request('curl -k -XDELETE a').method).toBe('DELETE');
});

test('options that change nothing that is sent are ignored silently', () => {
  const plain = parseRequest('curl http://a/');
  expect(parseRequest('curl -N -s -S -i -v -L -f -# http://a/')).toEqual(plain);
  expect(parseRequest('curl --no-buffer --silent --show-error --include --location --fail http://a/')).toEqual(plain);
  expect(parseRequest('curl --http1.1 -- http://a/')).toEqual(plain);
});

test('options without effect here are reported, and consume their values', () => {
  const { request, notes } = parseRequest('curl -m 5 --connect-timeout 3 --retry 2 -sodump --http2 http://a/');
  expect(request.url).toBe('http://a/');
  const ignored = ['-m', '--connect-timeout', '--retry', '-o', '--http2'];
  expect(notes).toEqual(ignored.map((subject) => ({ code: 'ignored', subject })));
});

test.each([
  ['| jq .', '| jq .'],
  ['; ls', '; ls'],
  ['&& ls -l', '&& ls -l'],
  ['2>/dev/null', '2>/dev/null'],
  ['> file', '> file'],
  ['# a comment', '# a comment'],
  ['\nls', 'ls'],
  [';', ';'],
])('a command ends at %s', (end, rest) => {
  const { request, notes } = parseRequest(`curl -d 1 http://a/?b#c ${end}`);
  expect([request.url, request.body]).toEqual(['http://a/?b#c', '1']);
  expect(notes).toEqual([{ code: 'rest', subject: rest }]);
});

test('an expression that the shell would replace is reported once and stays as it is, except within single quotes', () => {
  const text = 'curl "$HOST/$(id -u "a b")" -H "A: ${KEY} $KEY `x y`" -H \'B: $NOT\' -H "C: \\$NOT" -d $HOST$5';
  const { request, notes } = parseRequest(text.replace('"$HOST/', '"http://$HOST/'));
  expect(request.url).toBe('http://$HOST/$(id -u "a b")');
  expect(request.headers.slice(0, 3)).toEqual([
    ['A', '${KEY} $KEY `x y`'],
    ['B', '$NOT'],
    ['C', '$NOT'],
  ]);
  expect(request.body).toBe('$HOST$5');
  expect(notes.map(({ subject }) => subject)).toEqual(['$HOST', '$(id -u "a b")', '$KEY', '`x y`', '$5']);
});

test.each<[text: string, ...expected: string[]]>([
  ['a  b\tc', 'a', 'b', 'c'],
  ["a '' \"\" $''", 'a', '', '', ''],
  [`'a'"b"c\\ d`, 'abc d'],
  [`'a\\b"c'`, 'a\\b"c'],
  ['"a\\"b\\\\c\\$d\\`e\\f"', 'a"b\\c$d`e\\f'],
  ['"a\\\nb"', 'ab'],
  ['$"a" $ a$', 'a', '$', 'a$'],
  ['\\"\\a\\|\\$x', '"a|$x'],
  ["$'\\a\\b\\e\\f\\n\\r\\t\\v\\\\\\'\\\"\\?'", '\x07\b\x1b\f\n\r\t\v\\\'"?'],
  ["$'\\x41\\x4a\\101\\0\\u41\\u3042\\U1f600\\z'", 'AJA\0Aあ😀\\z'],
  ["$'\\xe3\\x81\\x82\\343\\201\\202'", 'ああ'],
  ["$'\\U110000'", '\ufffd'],
  ["a#b '#' c|d", 'a#b', '#', 'c'],
  ['\u00a0a\u00a0b', 'a', 'b'],
])('bash splits %s like this', (text, ...expected) => {
  expect(words(text)).toEqual(expected);
});

test('a backslash at a line’s end continues the command, even if an input box has replaced the line end by a space', () => {
  expect(words('a \\\n  -b \\\n-c \\\n\\\n d')).toEqual(['a', '-b', '-c', 'd']);
  expect(words('a\\\nb\\\n -c')).toEqual(['ab', '-c']);
  expect(words("a \\   -b \\ 'c' \\  \\ d \\")).toEqual(['a', '-b', 'c', 'd']);
  expect(words("'a'\\   b\\ -c\\")).toEqual(['a', 'b', '-c']);
  expect(words('a \\  \n  -b')).toEqual(['a', '-b']);
  expect(words('a\\ b \'c \\ d\' "e \\ f"')).toEqual(['a b', 'c \\ d', 'e \\ f']);
});

test('a long text with an unclosed quote is refused at once', () => {
  const openQuote = (text: string) => shellWords(`a ${text}`).openQuote;
  expect(openQuote(`"${'\\"$(x)'.repeat(50_000)}`)).toBe('"');
  expect(openQuote(`$'${"\\'a".repeat(50_000)}`)).toBe("$'");
  expect(openQuote(`"${'$('.repeat(5000)}`)).toBe('"');
});

test('an older copy for Windows’ cmd, and one with a line end, are recognized by their carets', () => {
  const older =
    'curl "https://a/?b=1^&c=^%20" ^\r\n  -H "accept: */*" ^\r\n  --data-raw "^{^\\"d^\\":1^}" ^\r\n  --compressed';
  expect(wordsOf(older)).toEqual([
    'curl',
    'https://a/?b=1&c=%20',
    '-H',
    'accept: */*',
    '--data-raw',
    '{"d":1}',
    '--compressed',
  ]);
  expect(wordsOf('curl ^"http://a/^" ^\n  -d ^"b^\n\nc^"')).toEqual(['curl', 'http://a/', '-d', 'b\nc']);
  expect(wordsOf('curl \'http://a/\' -d \'{"^":"^"}\'')).toEqual(['curl', 'http://a/', '-d', '{"^":"^"}']);
});

test('a file in a header is asked for as a value; in a body, as a file', () => {
  const notes = (text: string) => parseRequest(text).notes;
  const subject = '$(cat token.txt)';
  expect(notes(`curl http://a/ -H "Authorization: Bearer ${subject}"`)).toEqual([{ code: 'placeholder', subject }]);
  expect(notes(`T=${subject}\ncurl http://a/ -H "A: $T"`)).toEqual([{ code: 'placeholder', subject: '$T' }]);
  for (const option of ['-d', '-sd', '--data-binary', '--json'])
    expect(notes(`curl http://a/ ${option} "$(cat body.json)"`)).toEqual([{ code: 'file', subject: 'body.json' }]);
});

test('unknown input is asked for or refused, and never omitted', () => {
  const notes = (text: string) => parseRequest(text).notes.map(({ code, subject }) => `${code} ${subject}`);
  expect(notes(`printf '{"a":%s}' 1 > b.json; curl -d @b.json http://a/`)).toEqual(['file b.json']);
  for (const writer of ["echo -e 'a\\nb'", "printf '%s\\n' a b", "printf '%s' a b", 'jq -n .'])
    expect(errorOf(`${writer} | curl -d @- http://a/`)).toEqual(['unsupported', '-d @-']);
  for (const name of ['$$', '$?', '$#', '$@', '$*', '$1'])
    expect(notes(`curl http://a/ -d "id=${name}"`)).toEqual([`placeholder ${name}`]);
  expect(notes('curl http://a/ -d "2 ^ 3" -H "A: $TOKEN"')).toEqual(['placeholder $TOKEN']);
  expect(notes('export https_proxy=http://p\ncurl https://a/')).toEqual(['rest https_proxy=http://p']);
  expect(errorOf('curl http://a/ -H @names')).toEqual(['unsupported', '-H @names']);
  expect(errorOf('curl http://a/ --url-query q@x')).toEqual(['unsupported', '--url-query q@x']);
});

test('a name that is set twice in a script has no known value', () => {
  const names = (text: string) => parseRequest(text).notes.map(({ subject }) => subject);
  const call = 'fetch(u, {headers: {A: "b"}})';
  expect(parseRequest(`const u = "http://a/"; ${call}`).request.url).toBe('http://a/');
  for (const other of ['u = "http://b/";', 'const u = "http://b/";', 'u += "x";', 'if (b) u = "http://b/";'])
    expect(names(`let u = "http://a/"; ${other} ${call}`)[0]).toBe('${u}');
  expect(parseRequest('fetch("http://a/", {method: "POST", body: String(1 + 2)})').request.body).toBe('3');
  const set = ['const f = (u) => 1;', 'function f(a, u) {}', '({u} = b);', '[u] = b;', 'u++;', 'for (const u of b) {}'];
  for (const other of [...set, 'Object.assign(u, b);', 'u => 1;'])
    expect(names(`let u = "http://a/"; ${other} ${call}`)[0]).toBe('${u}');
  expect(names('A=x\nA=$(date)\ncurl http://a/ -d "$A"')).toEqual(['$A']);
  expect(names('$b = "x"\n$b = $b.ToUpper()\ncurl.exe http://a/ -d "$b"')).toEqual(['$b']);
});

test('a backslash before the path is refused, since curl and browsers take different hosts', () => {
  for (const text of ["'http://b\\\\@a/'", "'http://u:p\\\\@a/'"]) expect(errorOf(`curl ${text}`)?.[0]).toBe('url');
  expect(request("curl 'http://a/b\\\\c?d\\\\e'").url).toBe('http://a/b\\\\c?d\\\\e');
});

test.each([
  'fetch("http://a/", {method: "POST", body: /a/})',
  'fetch("http://a/" + encodeURIComponent("\\ud800"))',
  'fetch("http://a/", {body: JSON.stringify({a: 1n})})',
  'fetch("http://a/", {method: {toString: 1}})',
])('%s, which would throw, can’t be read', (text) => {
  expect(errorOf(text)?.[0]).toBe('fetch');
});

test('quotes of JSON that vanish in the shell are reported', () => {
  const codes = (text: string) => parseRequest(text).notes.map(({ code }) => code);
  const lost = parseRequest('curl http://a/ -d "{"a": "b"}"');
  expect(lost.request.body).toBe('{a: b}');
  expect(lost.notes).toEqual([{ code: 'lostQuotes', subject: '"' }]);
  for (const kept of [`'{"a":"b"}'`, '"{\\"a\\":1}"', '"{a:b}"', '"["', '"{"\'"a":1}\''])
    expect(codes(`curl http://a/ -d ${kept}`)).toEqual([]);
});

test('headers keep their case, order and number', () => {
  expect(headers("-H 'B: 1' -H 'a:2' -H 'b:  3 ' -H 'C: x:y; z'")).toEqual([
    ['B', '1'],
    ['a', '2'],
    ['b', '3'],
    ['C', 'x:y; z'],
  ]);
});

test('a header may be empty, or be removed', () => {
  expect(headers("-H 'X-Empty;' -H 'Accept:' -H 'X-None: '")).toEqual([['X-Empty', '']]);
  expect(headers("-d a -H 'content-type:'")).toEqual([]);
});

test('other options set headers, unless -H does', () => {
  const options = "-A agent -e 'http://b/;auto' -b a=1 -b 'c=2; d' -u 'josé:x:y' --compressed";
  expect(headers(options)).toEqual([
    ['User-Agent', 'agent'],
    ['Referer', 'http://b/'],
    ['Cookie', 'a=1;c=2; d'],
    ['Accept-Encoding', 'gzip, deflate, br'],
    ['Authorization', `Basic ${Buffer.from('josé:x:y').toString('base64')}`],
  ]);
  const names = ['user-agent', 'referer', 'cookie', 'accept-encoding', 'authorization'];
  const given = names.map((name) => `-H '${name}: own'`).join(' ');
  expect(headers(`${options} ${given}`)).toEqual(names.map((name) => [name, 'own']));
  expect(headers("-A '' -b ''")).toEqual([]);
});

test('a bearer token overrides a user, whose password may be missing', () => {
  expect(headers('-u a')).toEqual([['Authorization', `Basic ${btoa('a:')}`]]);
  expect(headers('--oauth2-bearer T -u a:b')).toEqual([['Authorization', 'Bearer T']]);
});

test('data is sent as the fields of a form, by POST', () => {
  expect(request("curl -d a=1 --data-raw @b --data-binary 'c\n' --data-ascii '' http://a/")).toEqual({
    method: 'POST',
    url: 'http://a/',
    headers: [['Content-Type', 'application/x-www-form-urlencoded']],
    body: 'a=1&@b&c\n&',
    insecure: false,
  });
  expect(request("curl -d '' http://a/").body).toBe('');
  expect(request('curl -X GET -d a http://a/').method).toBe('GET');
});

test('--data-urlencode encodes the content, not the name', () => {
  const data = "--data-urlencode 'q=a b&é!~' --data-urlencode '=x=y' --data-urlencode 'a b' --data-urlencode 'n@m=1'";
  expect(request(`curl ${data} http://a/`).body).toBe('q=a+b%26%C3%A9%21~&x%3Dy&a+b&n@m=1');
});

test('--json is appended unchanged, and sets its type unless -H does', () => {
  expect(request(`curl --json '{"a":' --json 1} http://a/`)).toEqual({
    method: 'POST',
    url: 'http://a/',
    headers: [
      ['Content-Type', 'application/json'],
      ['Accept', 'application/json'],
    ],
    body: '{"a":1}',
    insecure: false,
  });
  expect(headers("-H 'accept: text/event-stream' --json {} -d x")).toEqual([
    ['accept', 'text/event-stream'],
    ['Content-Type', 'application/json'],
  ]);
});

test('-G adds the data to the query', () => {
  expect(request('curl -G -d a=1 --data-urlencode b=ü http://a/x?y#z')).toEqual({
    method: 'GET',
    url: 'http://a/x?y&a=1&b=%C3%BC',
    headers: [],
    body: undefined,
    insecure: false,
  });
  expect(url('curl -G -d a -d b http://a')).toBe('http://a?a&b');
  expect(url('curl -G -d a http://a/?')).toBe('http://a/?a');
  expect(url('curl -G http://a/#z')).toBe('http://a/#z');
  expect(request('curl -GI -d a http://a/').method).toBe('HEAD');
});

test('--url-query adds to the query beside a body', () => {
  const { url, body } = request("curl --url-query 'a=b c' --url-query '+d=e+' -d x http://a/");
  expect([url, body]).toEqual(['http://a/?a=b+c&d=e+', 'x']);
});

test('brackets in a URL are literal, with or without the backslash that browsers write', () => {
  expect(url("curl 'http://a/?b\\[\\]=\\{c\\}'")).toBe('http://a/?b[]={c}');
  expect(url("curl 'http://a/?b[]={c}'")).toBe('http://a/?b[]={c}');
  expect(url("curl -g 'http://a/?b\\[\\]'")).toBe('http://a/?b\\[\\]');
});

test.each<[expected: string, request: Partial<StreamRequest>]>([
  ['curl -N http://a/event', {}],
  ["curl -N 'http://a/event?b=c'", { url: 'http://a/event?b=c' }],
  ["curl -N -g 'http://[::1]:80/?b[]'", { url: 'http://[::1]:80/?b[]' }],
  ["curl -N 'http://[::1]:80/'", { url: 'http://[::1]:80/' }],
  ['curl -N -k -X PUT http://a/event', { method: 'PUT', insecure: true }],
  ['curl -N -I http://a/event', { method: 'HEAD' }],
  ['curl -N -X POST http://a/event', { method: 'POST' }],
  [
    "curl -N http://a/event -H 'A: b' -H 'c;'",
    {
      headers: [
        ['A', 'b'],
        ['c', ''],
      ],
    },
  ],
  [
    `curl -N http://a/event -H 'content-type: a/b' --data-raw '"it'"'"'s $5"'`,
    { method: 'POST', headers: [['content-type', 'a/b']], body: `"it's $5"` },
  ],
  ["curl -N http://a/event -H Content-Type: --data-raw ''", { method: 'POST', body: '' }],
  [
    "curl -N -X GET http://a/event -H Content-Type: --data-raw $'it\\047s\\r\\n\\\\'",
    { method: 'GET', body: "it's\r\n\\" },
  ],
  ["curl -N http://a/event -H 'Accept-Encoding: gzip' --compressed", { headers: [['Accept-Encoding', 'gzip']] }],
])('%s is the command for a terminal', (expected, change) => {
  const given = { method: 'GET', url: 'http://a/event', headers: [], insecure: false, ...change };
  expect(toCurl(given)).toBe(expected);
});

/**
 * Returns the request with its URL as a server sees it: curl encodes nothing, so that a command has the URL that a browser
 * would make of it.
 */
function asAskedFor(given: StreamRequest) {
  const { protocol, username, password, host, pathname, search, hash } = new URL(given.url);
  return { ...given, url: { protocol, username, password, host, target: pathname + search, hash } };
}

test('a command on one line is read as the request that it was made of', async () => {
  const inLine = [...'azAZ09 \'"`\\$!#%&*()[]{}|;:,.<>?/~^=+-_@', 'é', 'あ', '😀', '$(x)', '${Y}', "$'", '\\ ', ' -d '];
  const anywhere = [...inLine, '\n', '\r\n', '\t', '\0', '\x1b', '\x7f', '\u0085', '\u2028', '\\\n', '\ud83d'];
  const token = [..."aZ09!#$%&'*+.^_`|~-"];
  await fuzz(50, (random) => {
    const pick = <T>(choices: readonly T[]) => choices[Math.floor(random() * choices.length)] as T;
    const text = (parts: readonly string[], most: number) =>
      Array.from({ length: Math.floor(random() * (most + 1)) }, () => pick(parts)).join('');
    const headers = Array.from({ length: Math.floor(random() * 4) }, (): [string, string] => [
      pick(['Accept', 'content-type', 'Accept-Encoding', 'Cookie', `x${text(token, 5)}`]),
      text([...inLine, '\t'], 12).trim(),
    ]);
    const given: StreamRequest = {
      method: pick(['GET', 'POST', 'HEAD', 'PUT', 'get', `M${text(token, 5)}`]),
      url: `${pick(['http', 'HTTPS'])}://${pick(['a', 'b.c:8080', '[::1]:1', 'u:p@d'])}/${text(inLine, 20)}`.trim(),
      headers,
      body: pick([undefined, '', text(anywhere, 40)]),
      insecure: random() < 0.5,
    };
    const command = toCurl(given);
    const { request: read, notes } = parseRequest(command);
    expect(asAskedFor(read)).toEqual(asAskedFor(given));
    // A random text may contain `<a>`.
    expect(notes.filter(({ code }) => code !== 'placeholder')).toEqual([]);
    expect(command).not.toMatch(/[\n\r\u0085\u2028]/);
  });
});

test('a garbled command is refused for a reason, or read as a request that survives a round trip', async () => {
  const texts = Object.values(EXAMPLES).map(({ text }) => text);
  const outcomes = { read: 0, refused: 0 };
  const { runs, areMany } = await fuzz(
    100,
    (random, seed) => {
      const text = mutate(texts[seed % texts.length] as string, random);
      if (errorOf(text)) {
        outcomes.refused += 1;
        return;
      }
      outcomes.read += 1;
      const read = request(text);
      expect(new URL(read.url).protocol).toMatch(/^https?:$/);
      expect(asAskedFor(request(toCurl(read)))).toEqual(asAskedFor(read));
    },
    { failed: [1795708339, 1795720612] },
  );
  if (areMany) expect([outcomes.read > runs / 5, outcomes.refused > runs / 5]).toEqual([true, true]);
});

test('of the lines before a command, the first 20 are reported', () => {
  const text = `${Array.from({ length: 30 }, (_, at) => `make step${at}`).join('\n')}\ncurl http://a/`;
  expect(pastedCommand(text, new Environment({}))?.others).toHaveLength(20);
});
