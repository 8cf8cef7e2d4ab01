import { expect, test } from 'vitest';
import type { FoundSpans } from '../../../../src/client/request/secrets/requestTexts';
import {
  adopt,
  findLost,
  mask,
  type Secret,
  secretsIn,
  strays,
  unmask,
  veiled,
} from '../../../../src/client/request/secrets/secrets';
import type { StreamRequest } from '../../../../src/client/request/streamRequest';
import { get, post } from '../../../support/client/requests';
import { fuzz } from '../../../support/random/fuzz';
import { pick } from '../../../support/random/random';

const OLD: Secret = { number: 1, value: 'old', origin: 'http://a', place: 'header authorization' };
const valuesOf = (secrets: Secret[]) => secrets.map(({ value }) => value);

test.each([
  ['Authorization', 'Bearer sk-1', 'Bearer •••1'],
  ['authorization', 'sk-1', '•••1'],
  ['Cookie', 'a=b; c=d', '•••1'],
  ['x-api-key', 'k', '•••1'],
  ['X-Auth-Token', 't', '•••1'],
  ['X-Auth-Key', 'k', '•••1'],
  ['Ocp-Apim-Subscription-Key', 'k', '•••1'],
  ['Set-Cookie', 'a=1', '•••1'],
  ['Accept', 'text/event-stream', 'text/event-stream'],
  ['X-Request-Id', '7', '7'],
])('the header %s: %s is shown as %s', (name, value, shown) => {
  expect(mask(get('http://a/', [name, value])).request.headers).toEqual([[name, shown]]);
});

test.each([
  ['https://user:pass@a/?x=1', 'https://•••1@a/?x=1'],
  ['https://a/?x=1&api_key=k&y=2#z', 'https://a/?x=1&api_key=•••1&y=2#z'],
  ['https://a/s?key=k', 'https://a/s?key=•••1'],
  ['https://a/#access_token=t', 'https://a/#access_token=•••1'],
  ['https://user:p@ss@a/', 'https://•••1@a/'],
  ['https:/user:pw@a/', 'https:/•••1@a/'],
  ['https://a/key=k?monkey=1', 'https://a/key=k?monkey=1'],
])('the URL %s is shown as %s', (url, shown) => {
  expect(mask(get(url)).request.url).toBe(shown);
});

test.each([
  ['{"model": "m", "api_key": "k\\"1", "max_tokens": 5}', '{"model": "m", "api_key": "•••1", "max_tokens": 5}'],
  ['user=u&password=p&token=t', 'user=u&password=•••1&token=•••2'],
  ['{"text": "a token=of love"}', '{"text": "a token=of love"}'],
])('the body %s is shown as %s, and is restored', (body, shown) => {
  const request = { ...get('http://a/'), method: 'POST', body };
  const { request: masked, secrets } = mask(request);
  expect(masked.body).toBe(shown);
  expect(unmask(masked, secrets)).toEqual(request);
});

test('a masked request is unmasked to the original', () => {
  const request = get('https://u:p@a/?token=t', ['Authorization', 'Bearer b'], ['Cookie', 'c=1']);
  const { request: masked, secrets } = mask(request);
  expect(valuesOf(secrets)).toEqual(['b', 'c=1', 'u:p', 't']);
  expect(unmask(masked, secrets)).toEqual(request);
});

test('existing masks stay, and a new secret gets the next number', () => {
  const request = get('http://a/?token=n', ['Authorization', 'Bearer •••1']);
  const { request: masked, secrets } = mask(request, [OLD]);
  expect(masked.headers).toEqual([['Authorization', 'Bearer •••1']]);
  expect(masked.url).toBe('http://a/?token=•••2');
  expect(valuesOf(secrets)).toEqual(['old', 'n']);
});

test('text typed after a mask becomes one secret with it', () => {
  const { request, secrets } = mask(get('http://a/', ['Authorization', 'Bearer •••1x']), [OLD]);
  expect(request.headers).toEqual([['Authorization', 'Bearer •••2']]);
  expect(unmask(request, secrets).headers).toEqual([['Authorization', 'Bearer oldx']]);
});

test('a member of JSON whose value looks like a parameter is restored', () => {
  const request = { ...get('http://a/'), method: 'POST', body: '{"url":"https://x/?a=1&token=abc","api_key":"KEY"}' };
  const { request: masked, secrets } = mask(request);
  expect(masked.body).not.toMatch(/abc|KEY/);
  expect(unmask(masked, secrets)).toEqual(request);
});

test('a mask whose secret no longer exists stays a mask', () => {
  expect(unmask(get('http://a/?token=•••3'), [OLD]).url).toBe('http://a/?token=•••3');
});

test.each([
  // Query and fragment.
  ['https://a/?authorization=eyJ&topic=x', 'https://a/?authorization=•••1&topic=x'],
  ['https://a/?tok%65n=t', 'https://a/?tok%65n=•••1'],
  ['https://a/?a=1;token=x;y', 'https://a/?a=1;token=•••1'],
  ['https://a/p;jsessionid=x', 'https://a/p;jsessionid=•••1'],
  // In a path, too, a name may say what follows.
  ['https://a/token=x', 'https://a/token=•••1'],
  ['https://a/hls/hdnts=exp=1~hmac=x/a.m3u8', 'https://a/hls/hdnts=•••1/a.m3u8'],
  ['https://a/#/route?token=x&b=1', 'https://a/#/route?token=•••1&b=1'],
  ['https://a/?user[password]=p', 'https://a/?user[password]=•••1'],
  ['https://a/?user%5Bpassword%5D=p%26q', 'https://a/?user%5Bpassword%5D=•••1'],
  ['https://a/?code=c&country_code=de', 'https://a/?code=•••1&country_code=de'],
  ['https://a/b?sv=1&sig=s&se=2', 'https://a/b?sv=1&sig=•••1&se=2'],
  // Nested texts.
  ['https://a/?variables={"password":"p"}', 'https://a/?variables={"password":"•••1"}'],
  ['https://a/?variables=%7B%22password%22%3A%22p%22%7D', 'https://a/?variables=%7B%22password%22%3A%22•••1%22%7D'],
  ['https://a/?next=https://b/?token=t', 'https://a/?next=https://b/?token=•••1'],
  [
    'https://a/?next=https%3A%2F%2Fb%2F%3Ftoken%3Dt%26x%3D1',
    'https://a/?next=https%3A%2F%2Fb%2F%3Ftoken%3D•••1%26x%3D1',
  ],
  ['https://a/?n=%253Ftoken%253Dt', 'https://a/?n=%253Ftoken%253D•••1'],
  // Secrets recognized by their shape.
  ['https://a/v1/sk-abcdefghij0123456789x/s', 'https://a/v1/•••1/s'],
  ['https://a/?x=ghp_0123456789abcdefghij', 'https://a/?x=•••1'],
  ['https://a/?x=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.sig-n', 'https://a/?x=•••1'],
  ['https://a/?x=AKIAIOSFODNN7EXAMPLE', 'https://a/?x=•••1'],
  ['https://a/?h=Bearer%20abcdefgh', 'https://a/?h=Bearer%20•••1'],
  ['https://a/?db=postgres://u:p@h/d', 'https://a/?db=postgres://•••1@h/d'],
  // JSON in base64.
  [`https://a/?config=${btoa('{"apiKey":"k"}')}&x=1`, 'https://a/?config=•••1&x=1'],
  [`https://a/?config=${encodeURIComponent(btoa('[{"a":{"password":"p"}}]'))}`, 'https://a/?config=•••1'],
  [
    `https://a/?cursor=${btoa('{"page_token":"p","max_tokens":5}')}`,
    `https://a/?cursor=${btoa('{"page_token":"p","max_tokens":5}')}`,
  ],
  // Tabs and line ends are dropped from a URL.
  ['https://a/?to\tken=t&x=1', 'https://a/?to\tken=•••1&x=1'],
  ['https:/\t/u:p@a/', 'https:/\t/•••1@a/'],
  ['ht\ntps://u:p@a/', 'ht\ntps://•••1@a/'],
  // A host's name may look like a key's.
  ['http://sk-prod-eu-central-1-cluster-a.localhost:9/e', 'http://sk-prod-eu-central-1-cluster-a.localhost:9/e'],
  [
    'http://u:p@sk-prod-eu-central-1-cluster-a.localhost/sk-abcdefghij0123456789x',
    'http://•••1@sk-prod-eu-central-1-cluster-a.localhost/•••2',
  ],
  ['http://ghp_0123456789abcdefghij?x=1', 'http://ghp_0123456789abcdefghij?x=1'],
  ['http://AKIAIOSFODNN7EXAMPLE#x', 'http://AKIAIOSFODNN7EXAMPLE#x'],
  ['http://a;token=x/', 'http://a;token=x/'],
  // Harmless texts.
  [
    'https://a/?max_tokens=5&tokens=7&page_token=x&pin_color=red',
    'https://a/?max_tokens=5&tokens=7&page_token=x&pin_color=red',
  ],
  ['https://a/sk-circle?q=sk-learn-is-a-long-name-for-it', 'https://a/sk-circle?q=sk-learn-is-a-long-name-for-it'],
  ['https://a/?q=bearer of good news', 'https://a/?q=bearer of good news'],
])('in %s the secret is masked: %s', (url, shown) => {
  const { request, secrets } = mask(get(url));
  expect(request.url).toBe(shown);
  expect(unmask(request, secrets).url).toBe(url);
  expect(strays(request, secrets)).toEqual([]);
});

test.each([
  ['Referer', 'https://a/?token=x', 'https://a/?token=•••1'],
  ['Link', '<https://a/?token=x>; rel="next"', '<https://a/?token=•••1>; rel="next"'],
  ['X-Config', '{"api_key":"k"}', '{"api_key":"•••1"}'],
  ['Baggage', 'user=1,token=t', 'user=1,token=•••1'],
  ['X-Upstream', 'Bearer abcdefgh', 'Bearer •••1'],
  ['X-Upstream', 'Bearer\tabcdefgh', 'Bearer\t•••1'],
  ['X-Anything', 'sk-proj-abcdefghij0123456789', '•••1'],
  ['X-Any', 'Basic dXNlcjpQQVNT', 'Basic •••1'],
  ['X-Config', btoa('{"a":{"token":"t"}}'), '•••1'],
  ['X-Any', `pplx-${'0a'.repeat(20)}`, '•••1'],
  ['X-Any', `r8_${'0a'.repeat(20)}`, '•••1'],
  ['X-Any', `MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.${'0a'.repeat(14)}`, '•••1'],
  ['X-Model', 'jina_embeddings_v3_base_en', 'jina_embeddings_v3_base_en'],
  ['X-Title', 'Basic training, basic knowledge', 'Basic training, basic knowledge'],
  ['X-Any', 'DPoP abcdefgh', 'DPoP •••1'],
  ['X-Database', 'redis://u:p@h', 'redis://•••1@h'],
  ['Sec-WebSocket-Protocol', 'base64.k8s.io', '•••1'],
  ['Mcp-Session-Id', 's', 's'],
  ['X-RateLimit-Remaining-Tokens', '5', '5'],
  ['User-Agent', 'Mozilla/5.0 (X11; Linux; key=1)', 'Mozilla/5.0 (X11; Linux; key=•••1'],
])('the header %s: %s is shown as %s', (name, value, shown) => {
  const { request, secrets } = mask(get('http://a/', [name, value]));
  expect(request.headers).toEqual([[name, shown]]);
  expect(unmask(request, secrets).headers).toEqual([[name, value]]);
});

test.each([
  // JSON: at any depth, of any type.
  ['{"authorization":"a","x":{"Authorization": "b"}}', '{"authorization":"•••1","x":{"Authorization": "•••2"}}'],
  ['{"tokens": ["a","b"], "n":1}', '{"tokens": •••1, "n":1}'],
  ['{"token": 123, "tokens": 5}', '{"token": •••1, "tokens": 5}'],
  ['{"credentials":{"user":"u","key":["}"]}}', '{"credentials":•••1}'],
  ['{"session":{"model":"m","client_secret":{"value":"v"}}}', '{"session":{"model":"m","client_secret":•••1}}'],
  ['{"token":null,"secret":true,"password":""}', '{"token":null,"secret":true,"password":""}'],
  ['{"tok\\u0065n":"t"}', '{"tok\\u0065n":"•••1"}'],
  ["{'token': 'it\\'s', 'b': 1}", "{'token': '•••1', 'b': 1}"],
  ['{token: "t", code: "c"}', '{token: "•••1", code: "c"}'],
  ['[{"a":1},{"pass":"p"}]', '[{"a":1},{"pass":"•••1"}]'],
  ['{"a":1}\n{"cookie":"c"}', '{"a":1}\n{"cookie":"•••1"}'],
  ['{"arguments":"{\\"api_key\\":\\"k\\"}"}', '{"arguments":"{\\"api_key\\":\\"•••1\\"}"}'],
  ['{"url":"https://x/?a=1&token=abc","n":1}', '{"url":"https://x/?a=1&token=•••1","n":1}'],
  ['{"query":"mutation { login(password: \\"p\\") }"}', '{"query":"mutation { login(password: \\"•••1\\") }"}'],
  [
    '{"query":"query($token: String! = \\"t\\", $n: Int = 5) { me }"}',
    '{"query":"query($token: String! = \\"•••1\\", $n: Int = 5) { me }"}',
  ],
  [`{"config":"${btoa('{"apiKey":"k"}')}"}`, '{"config":"•••1"}'],
  ['{"content":"use sk-abcdefghij0123456789x please"}', '{"content":"use •••1 please"}'],
  ['{"token": "unclosed', '{"token": "•••1'],
  ['{"tokens": ["unclosed"', '{"tokens": •••1'],
  [
    '{"usage":{"prompt_tokens":5},"max_tokens":9,"stop_tokens":["x"]}',
    '{"usage":{"prompt_tokens":5},"max_tokens":9,"stop_tokens":["x"]}',
  ],
  // A name beside its value.
  [
    '[{"name":"password","value":"p"},{"name":"a","value":"b"}]',
    '[{"name":"password","value":"•••1"},{"name":"a","value":"b"}]',
  ],
  ['{"key":"Authorization","value":"Bearer x"}', '{"key":"Authorization","value":"•••1"}'],
  ['{"headers":["Authorization: Bearer x","Accept: y"]}', '{"headers":["Authorization: •••1","Accept: y"]}'],
  [
    '<add key="Password" value="p"/><add key="a" value="b"/>',
    '<add key="Password" value="•••1"/><add key="a" value="b"/>',
  ],
  ['{"_meta":{"progressToken":5}}', '{"_meta":{"progressToken":5}}'],
  // Forms.
  ['user[password]=p&a=1', 'user[password]=•••1&a=1'],
  ['user%5Bpassword%5D=p q&a=1', 'user%5Bpassword%5D=•••1&a=1'],
  ['grant_type=authorization_code&code=c&client_id=i', 'grant_type=authorization_code&code=•••1&client_id=i'],
  ['json=%7B%22token%22%3A%22t%22%7D', 'json=%7B%22token%22%3A%22•••1%22%7D'],
  ['TOKEN=t\nOTHER=1', 'TOKEN=•••1\nOTHER=1'],
  ['name: n\npassword: p', 'name: n\npassword: •••1'],
  ['export API_KEY=k', 'export API_KEY=•••1'],
  // XML.
  ['<a><password>p</password><b>1</b></a>', '<a><password>•••1</password><b>1</b></a>'],
  ['<wsse:Password Type="x">p</wsse:Password>', '<wsse:Password Type="x">•••1</wsse:Password>'],
  ['<user token=\'t\' id="1"/>', '<user token=\'•••1\' id="1"/>'],
  [
    '<!-- <token>c</token> --><token><![CDATA[t<]]></token>',
    '<!-- <token>c</token> --><token><![CDATA[•••1]]></token>',
  ],
  ['<u>https://x/?token=t</u>', '<u>https://x/?token=•••1</u>'],
  // Multipart.
  [
    '--b\r\nContent-Disposition: form-data; name="password"\r\n\r\np\r\nq\r\n--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--',
    '--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n•••1\r\n--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--b--',
  ],
  [
    '--b\nContent-Disposition: form-data; name=j\n\n{"token":"t"}\n--b--',
    '--b\nContent-Disposition: form-data; name=j\n\n{"token":"•••1"}\n--b--',
  ],
  ['x -----BEGIN PRIVATE KEY-----\nM\n-----END PRIVATE KEY----- y', 'x •••1-----END PRIVATE KEY----- y'],
  // A key that gives no access.
  ['{"sort":{"key":"date"}}', '{"sort":{"key":"date"}}'],
  ['{"filters":[{"key":"status","value":"open"}]}', '{"filters":[{"key":"status","value":"open"}]}'],
  ['{"Key":"x.png","KEY":"y"}', '{"Key":"x.png","KEY":"y"}'],
  ['{"text":"the key: \'C major\'"}', '{"text":"the key: \'C major\'"}'],
  ["the key: 'C major'", "the key: 'C major'"],
  ['key: date\norder: up', 'key: date\norder: up'],
  ['<sort><key>date</key></sort>', '<sort><key>date</key></sort>'],
  [
    '--b\nContent-Disposition: form-data; name=key\n\nx.png\n--b--',
    '--b\nContent-Disposition: form-data; name=key\n\nx.png\n--b--',
  ],
  ['key=k&b=1', 'key=•••1&b=1'],
  // Pairs; but not a list of words.
  ['{"headers":[["Authorization","Bearer abcdefgh"]]}', '{"headers":[["Authorization","•••1"]]}'],
  ['[ [ "a", "b" ], [ "X-Api-Key" , "k" ] ]', '[ [ "a", "b" ], [ "X-Api-Key" , "•••1" ] ]'],
  ['{"required":["password","email"]}', '{"required":["password","email"]}'],
  // A name after its value, in the same object.
  ['{"value":"S","name":"password"}', '{"value":"•••1","name":"password"}'],
  ['{"value":123,"meta":{"a":1},"key":"token"}', '{"value":•••1,"meta":{"a":1},"key":"token"}'],
  ['[{"value":"a"},{"name":"password"},{"value":"b"}]', '[{"value":"a"},{"name":"password"},{"value":"b"}]'],
  ['<p value="S" name="password"/>', '<p value="•••1" name="password"/>'],
  // Members that only say how the secret around them is written.
  ['{"auth":{"basic":"S","type":"t"},"basic":"b"}', '{"auth":{"basic":"•••1","type":"t"},"basic":"b"}'],
  ['{"api_key":{"value":"S"},"value":"b"}', '{"api_key":{"value":"•••1"},"value":"b"}'],
  ['<auth><basic>S</basic></auth><basic>b</basic>', '<auth><basic>•••1</basic></auth><basic>b</basic>'],
  // Comments and elements within an element.
  ['<password><!-- c -->S</password><a>1</a>', '<password><!-- c -->•••1</password><a>1</a>'],
  ['<password><value>S</value></password><a>1</a>', '<password>•••1</password><a>1</a>'],
  ['<password>S<i>T</i><b/>U</password><a>1</a>', '<password>•••1</password><a>1</a>'],
  ['<auth><!-- c --><token>S</token></auth>', '<auth><!-- c --><token>•••1</token></auth>'],
  ['<m><name>password</name><value>S</value></m>', '<m><name>password</name><value>•••1</value></m>'],
  ['<m><name>token</name><value><string>S</string></value></m>', '<m><name>token</name><value>•••1</value></m>'],
  // Lines without a gap.
  ['password:S', 'password:•••1'],
  ['a:1\nAuthorization:Bearer x', 'a:1\nAuthorization:•••1'],
  ['token://x', 'token://x'],
  ['{"h":"Basic dXNlcjpQQVNT"}', '{"h":"Basic •••1"}'],
  // Texts.
  ['The token is the key to love; a password: none.', 'The token is the key to love; a password: none.'],
])('the body %s has its secrets masked: %s', (body, shown) => {
  const { request, secrets } = mask(post(body));
  expect(request.body).toBe(shown);
  expect(unmask(request, secrets)).toEqual(post(body));
  expect(strays(request, secrets)).toEqual([]);
});

test('user text that looks like a mask stays, and no secret gets its number', () => {
  const request = {
    ...get('http://a/?q=•••1', ['X-Note', '•••2']),
    body: '{"text":"•••3 •••04 •••1234567","api_key":"k"}',
  };
  const { request: masked, secrets } = mask(request);
  expect(masked.body).toBe('{"text":"•••3 •••04 •••1234567","api_key":"•••4"}');
  expect(unmask(masked, secrets)).toEqual(request);
});

test('a mask is stray with another origin, under another name, or in another part of the request', () => {
  const home = get('http://a/x', ['Authorization', 'Bearer •••1']);
  expect(strays(home, [OLD])).toEqual([]);
  const elsewhere: [StreamRequest, string][] = [
    [get('http://b/x', ['Authorization', 'Bearer •••1']), 'header authorization'],
    [get('https://a/x', ['Authorization', 'Bearer •••1']), 'header authorization'],
    [get('http://a:81/x', ['Authorization', 'Bearer •••1']), 'header authorization'],
    [get('http://a/', ['Cookie', 'x=•••1']), 'header cookie'],
    [get('http://a/?token=•••1'), 'parameter token'],
    [get('http://•••1@a/'), 'user'],
    [get('http://a/•••1'), 'url'],
    [post('{"text":"•••1"}'), 'body'],
    [post('{"password":"•••1"}'), 'body password'],
    [post('password=•••1'), 'body password'],
  ];
  for (const [request, place] of elsewhere) expect(strays(request, [OLD])).toEqual([{ secret: OLD, place }]);
});

test('adopting gives a stray mask a secret of its own, and the original mask keeps its secret', () => {
  const request = { ...get('http://b/?x=•••1', ['Authorization', 'Bearer •••1']), body: '{"t":"•••1"}' };
  const { request: adopted, secrets } = adopt(request, [OLD]);
  expect(strays(adopted, secrets)).toEqual([]);
  expect(secretsIn(adopted, secrets)).toHaveLength(3);
  expect(secrets[0]).toEqual(OLD);
  expect(unmask(adopted, secrets)).toEqual({
    ...get('http://b/?x=old', ['Authorization', 'Bearer old']),
    body: '{"t":"old"}',
  });
});

test('text typed after a stray mask is masked separately', () => {
  const { request, secrets } = mask(get('http://b/', ['Authorization', 'Bearer x•••1y']), [OLD]);
  expect(request.headers).toEqual([['Authorization', 'Bearer •••2•••1•••3']]);
  expect(valuesOf(secrets)).toEqual(['old', 'x', 'y']);
});

test('a mask without a secret is lost in URL, headers and members with a secret’s name; elsewhere in a body it is text', () => {
  expect(findLost(get('http://a/?x=•••2'), [OLD])).toBe('•••2');
  expect(findLost(get('http://a/', ['X-A', '•••2']), [OLD])).toBe('•••2');
  expect(findLost(post('{"token":"•••2"}'), [OLD])).toBe('•••2');
  expect(findLost(post('{"text":"•••2"}'), [OLD])).toBeUndefined();
  expect(findLost(get('http://a/', ['X-A', '•••1']), [OLD])).toBeUndefined();
});

test('a URL for display has its secrets masked', () => {
  expect(veiled('https://u:p@a/x;sid=1?token=t&y=1#access_token=z')).toBe(
    'https://•••@a/x;sid=•••&y=1#access_token=•••',
  );
  expect(veiled('/b?token=t')).toBe('/b?token=•••');
});

const PARTS = [
  ...[
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    '<',
    '>',
    '/',
    ':',
    ',',
    ';',
    '&',
    '=',
    '?',
    '#',
    '@',
    '\\',
    '%',
    ' ',
    '\n',
    '-',
    '•',
    '•••',
  ],
  ...[
    '•••1',
    '•••2',
    '•••12',
    '1',
    '0',
    'token',
    '"token":',
    "'pass':",
    'api_key=',
    '<password>',
    '</password>',
    '"tokens":[',
  ],
  ...[
    '%22',
    '%7B',
    '%3D',
    '\\"',
    '\\u0065',
    'https://',
    'u:p@',
    'sk-abcdefghij0123456789',
    'eyJhbGciOiJ9.eyJhbGciOiJ9.x',
    'Bearer ',
    'Basic dXNlcjpQQVNT',
    '"name":"password",',
    '"value":',
    '[["token","',
    '<value>',
    '<name>token</name>',
    '"auth":{"basic":',
  ],
  // Pieces that the readers of names beside values, blocks, parts, comments and URLs handle.
  ...['"properties":{', '"api_key":[{', '"S":"a"', '"kind":"Secret"', '"data":{', 'name=password&', 'value='],
  ...['name: password\n', 'value: ', 'password: |\n', 'tokens:\n- ', '[db]\n', 'export ', '"""', "'''", '=>'],
  ...['Content-Disposition: form-data; name="key"\r\n\r\n', '\r\n--b\r\nContent-', 'GET /x HTTP/1.1\r\n'],
  ...['<string name="api_key">', '</string>', '<key>Password</key>', '<a:V Name="pin">', '//', '/*', '*/', '//a@b'],
  ...['https%3A%2F%2Fu%3Ap%40h', 'token%3D', 'token="', 'X-Api-Key: ', 'Token a1', 'xapp-0123456789abcdef', '\\n'],
  ...[
    '--b\r\n',
    'name="pin"\r\n\r\n',
    '<![CDATA[',
    '<!--',
    '-----BEGIN PRIVATE KEY-----',
    'a',
    'user[password]=',
    'ü',
    '👪',
  ],
];

/** Returns a request of dangerous pieces, in an order that no one would write. */
function randomRequest(random: () => number): StreamRequest {
  const text = (length: number) =>
    Array.from({ length: Math.floor(random() * length) }, () => pick(PARTS, random)).join('');
  const begin = pick(['', '{', '[', '<a>', '--b\r\n', '"', 'a=1&', '{"a":"'], random);
  return {
    method: 'POST',
    url: `https://a/${text(8)}?${text(12)}`,
    headers: [
      [pick(['Authorization', 'X-A', 'Referer', 'Cookie'], random), text(8)],
      ['X-B', text(6)],
    ],
    body: begin + text(25),
    insecure: false,
  };
}

test('random requests are restored after masking, even after masking twice', async () => {
  let count = 0;
  const { runs, areMany } = await fuzz(2000, (random) => {
    const request = randomRequest(random);
    const once = mask(request);
    const twice = mask(once.request, once.secrets);
    count += twice.secrets.length;
    if (JSON.stringify(unmask(once.request, once.secrets)) !== JSON.stringify(request)) expect(once).toBe(request);
    if (JSON.stringify(unmask(twice.request, twice.secrets)) !== JSON.stringify(request)) expect(twice).toBe(request);
  });
  if (areMany) expect(count).toBeGreaterThan(runs);
});

test('spans found in a text are reused, however often the request is searched', () => {
  const request = post('{"token":"a•••1"}');
  const found: FoundSpans = new Map();
  expect(findLost(request, [], found)).toBe('•••1');
  expect([...found.values()]).toEqual([[expect.objectContaining({ start: 10, end: 15 })]]);
  for (const text of found.keys()) found.set(text, []);
  expect(findLost(request, [], found)).toBeUndefined();
  expect(mask(request, [], found).secrets).toEqual([]);
  const [secret] = mask(post('token=b')).secrets.map((given) => ({ ...given, place: 'body token' }));
  expect(strays(request, secret ? [secret] : [], found)).toHaveLength(1);
  expect(adopt(request, secret ? [secret] : [], found).secrets).toHaveLength(2);
});

test('JSON in a string is read after a megabyte of nested quotes that exceed the budget', () => {
  const junk = `x="y='z=%252541\n${`"a='b='`.repeat(150_000)}`;
  const { request } = mask(post(JSON.stringify({ junk, a: JSON.stringify({ token: 'S3cr3tV4lue' }) })));
  expect(request.body).not.toContain('S3cr3t');
});
