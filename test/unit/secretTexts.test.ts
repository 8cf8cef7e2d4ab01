// Texts that requests carry: where in them a value of a secret stands, and where none does.
import { expect, test } from 'vitest';
import { mask, strays, unmask } from '../../src/inspector/secrets';
import type { StreamRequest } from '../../src/inspector/streamRequest';
import { get, post } from './requests';

/** Stands for a secret in the texts below. */
const S = 'S3cr3tV4lue';

/** The text as a string of JSON in a string of JSON, and so on. */
const nested = (text: string, times: number): string =>
  times === 0 ? text : JSON.stringify({ a: nested(text, times - 1) });

/** Fails unless all of the secret is masked, and what is masked comes back, and is at home where it stands. */
function expectMasked(request: StreamRequest): void {
  const { request: masked, secrets } = mask(request);
  expect(JSON.stringify(masked)).not.toContain('S3cr3t');
  expect(unmask(masked, secrets)).toEqual(request);
  expect(strays(masked, secrets)).toEqual([]);
  expect(mask(masked, secrets).request).toEqual(masked);
}

test.each([
  // What is called like a key, one level down.
  `{"fields":{"api_key":{"stringValue":"${S}"}}}`,
  `{"pass":{"stringValue":"${S}"},"pin":{"S":"${S}"}}`,
  `{"Item":{"apiKey":{"S":"${S}"}}}`,
  `{"Item":{"apiKey":{"M":{"any":{"S":"${S}"}}}}}`,
  `{"Item":{"auth":{"SS":["${S}"]}}}`,
  `{"api_key":[{"value":"${S}"}]}`,
  `{"api_key":[{"current":"${S}","id":"1"}]}`,
  `{"privateKey":{"pem":"${S}"}}`,
  `{"private_key":{"kty":"oct","k":"${S}"}}`,
  `{"session":{"id":"${S}","model":"m"}}`,
  `{"auth":{"username":"u","hash":"${S}"}}`,
  `{"auth":{"value":{"stringValue":"${S}"}}}`,
  `{"signature":{"r":"${S}","algorithm":"x"}}`,
  `<apiKey><stringValue>${S}</stringValue></apiKey>`,
  `<privateKey><pem>${S}</pem></privateKey>`,
  `<session><id>${S}</id></session>`,
  `{"kind":"Secret","data":{"any":"${S}"}}`,
  `{"data":{"any":"${S}"},"kind":"Secret"}`,
  `{"kind":"Secret","stringData":{"any":"${S}"}}`,
  `apiVersion: v1\nkind: Secret\ndata:\n  any: ${S}\n`,
  // A name beside its value.
  `{"attributes":[{"value":{"stringValue":"${S}"},"key":"authorization"}]}`,
  `{"attributes":[{"key":"authorization","value":{"stringValue":"${S}"}}]}`,
  `{"Parameters":[{"ParameterKey":"DBPassword","ParameterValue":"${S}"}]}`,
  `{"credentialless":[{"type":"password","temporary":false,"value":"${S}"}]}`,
  `{"Name":"/prod/db-password","Value":"${S}","Type":"SecureString"}`,
  `{"header_name":"X-Api-Key","header_value":"${S}"}`,
  `{"k":"token","v":"${S}"}`,
  `name=password&value=${S}`,
  `key=DB_PASSWORD&value=${S}&protected=true`,
  `value=${S}&key=DB_PASSWORD`,
  `name=user&value=u&name=password&value=${S}`,
  `env[0][name]=API_KEY&env[0][value]=${S}`,
  `Parameters.member.1.ParameterKey=DBPassword&Parameters.member.1.ParameterValue=${S}`,
  `variables[][key]=DB_PASSWORD&variables[][value]=${S}`,
  `headers%5B0%5D%5Bname%5D=Authorization&headers%5B0%5D%5Bvalue%5D=${S}`,
  `- {name: API_KEY, value: ${S}}`,
  `- name: "API_KEY"\n  value: |\n    ${S}\n`,
  `environment:\n  - DB_PASSWORD=${S}\n`,
  `env:\n- name: DB_PASSWORD\n  value: ${S}\n`,
  `env:\n  - value: "${S}"\n    name: 'DB_PASSWORD'\n`,
  `name = "DB_PASSWORD"\nvalue = "${S}"`,
  `<c><property name="password">${S}</property></c>`,
  `<resources><string name="api_key">${S}</string></resources>`,
  `<header name="Authorization">Bearer ${S}</header>`,
  `<setting name="ApiKey" serializeAs="String"><value>${S}</value></setting>`,
  `<plist><dict><key>Other</key><string>x</string><key>Password</key><string>${S}</string></dict></plist>`,
  `<a:Attribute Name="password"><a:AttributeValue>${S}</a:AttributeValue></a:Attribute>`,
  `<m><value><string>${S}</string></value><name>password</name></m>`,
  `<form><input name="password" type="password" value="${S}"></form>`,
  `<textarea name="token">${S}</textarea>`,
  `<x><param name="token">${S}</param></x>`,
  // The path of a member in a patch.
  `[{"op":"replace","path":"/password","value":"${S}"}]`,
  `[{"value":"${S}","path":"/user/tokens/-","op":"add"}]`,
  `[{"path":"/headers/X~1Api-Key/0","op":"test","value":"${S}"}]`,
  `[{"op":"replace","path":["user","password"],"value":"${S}"}]`,
  `[{"op":"replace","path":["tokens",0],"value":"${S}"}]`,
  `{"Operations":[{"op":"Replace","path":"urn:x:User:password","value":"${S}"}]}`,
  `[{"op":"add","path":"/credentials","value":{"any":"${S}"}}]`,
  // An attribute that says how the secret is written that its element is called by.
  `<password value="${S}"/>`,
  `<a:apiKey type="x" a:value='${S}' />`,
  `<token raw="${S}"></token>`,
  `<x><auth basic="${S}"/></x>`,
  // Markup and JSON in markup.
  `<x>{&quot;token&quot;:&quot;${S}&quot;}</x>`,
  `<x>&lt;token&gt;${S}&lt;/token&gt;</x>`,
  `<x a="{&#34;token&#x22;:&quot;${S}&quot;}"/>`,
  `<x>&amp;lt;token&amp;gt;${S}&amp;lt;/token&amp;gt;</x>`,
  `<x>&lt;y u="http%3A%2F%2Fu%3A${S}%40h%2F"/&gt;</x>`,
  `<x href="http://h/?a=1&amp;token=${S}"/>`,
  `{"xml":"<x>&lt;token&gt;${S}&lt;/token&gt;</x>"}`,
  // A header without a blank.
  `{"headers":["X-Api-Key:${S}"]}`,
  `{"headers":"X-Api-Key:abc${S}\r\nA:b"}`,
  `{"args":["--header","X-Api-Key:${S}"]}`,
  `{"args":["-H","authorization:Bearer ${S}"]}`,
  `{"args":["-H","Cookie:a=${S}"]}`,
  `{"params":["token:${S}"]}`,
  `a=1&header=X-Api-Key%3A${S}`,
  // Multipart.
  `--b\r\nContent-Disposition: form-data; name="key"\r\n\r\nDB_PASSWORD\r\n--b\r\nContent-Disposition: form-data; name="value"\r\n\r\n${S}\r\n--b--`,
  `\r\n--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n${S}\r\n--b--`,
  `This is MIME.\r\n\r\n--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n${S}\r\n--b--`,
  `--b\r\nContent-Disposition: form-data; filename="a; name=x"; name="password"\r\n\r\n${S}\r\n--b--`,
  `--b\r\nContent-Disposition: form-data; filename=a;\r\n name="password"\r\n\r\n${S}\r\n--b--`,
  `--b\r\nContent-Type: text/plain\r\ncontent-disposition: form-data; name*=UTF-8''pass%77ord\r\n\r\n${S}\r\n--b--`,
  `--b\r\nAny: header\r\nContent-Disposition: form-data; name="password"\r\n\r\n${S}\r\n--b--`,
  `--- # YAML\na: b\npassword: ${S}\n`,
  `--b\r\nContent-Disposition: form-data; name = "password"\r\n\r\n${S}\r\n--b--`,
  `--b\r\nContent-Disposition: form-data; name='password'\r\n\r\n${S}\r\n--b--`,
  `--b\r\nContent-Disposition: form-data; name="user[\\"password\\"]"\r\n\r\n${S}\r\n--b--`,
  `--b\r\nContent-Type: text/xml\r\n\r\n<a><password>${S}</password></a>\r\n--b--`,
  `--b\r\nContent-Type: text/plain\r\n\r\na: 1\npassword: ${S}\r\n--b--`,
  `--b\r\nContent-Type: application/http\r\n\r\nGET /x HTTP/1.1\r\nAuthorization: Bearer ${S}\r\n\r\n--b--`,
  `--b\r\nContent-Type: application/http\r\n\r\nGET /x?token=${S} HTTP/1.1\r\nHost: a\r\n\r\n--b--`,
  `--b\r\nContent-Type: application/http\r\n\r\nPOST /x HTTP/1.1\r\nHost: a\r\n\r\n{"password":"${S}"}\r\n--b--`,
  `--b\r\nContent-Type: text/plain\r\nAuthorization: Bearer ${S}\r\n\r\nx\r\n--b--`,
  `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\nContent-Disposition: form-data; name="pin"\r\n\r\n${S}\r\n--c--\r\n--b--`,
  // Lines: TOML, INI, YAML.
  `[db]\npassword = "${S}"`,
  `[[db.users]]\nname = "a"\npassword = "${S}"`,
  `[a-b "c"]\npassword=${S}`,
  `[x] ; y\r\ntoken: ${S}`,
  `db = { user = "u", password = "${S}" }`,
  `password = """\n${S}\n"""`,
  `password: |\n  ${S}\n  more\nother: 1\n`,
  `auth:\n  token: >-\n\n    ${S}\n`,
  `password:\n  ${S}\n`,
  `tokens:\n- ${S}\n- b\n`,
  `- password: |\r\n    ${S}\r\n- a: 1`,
  `credentials:\n  any: ${S}\n`,
  `---\npassword: ${S}\n`,
  `password : ${S}\n`,
  `"password" : ${S}\n`,
  `db: {password: ${S}, a: 1}\n`,
  `password: a&${S}`,
  `URL=http://x/?a=1&b=2\nTOKEN=${S}`,
  `set API_KEY=${S}`,
  `See https://x/?token=${S} there.`,
  // JSON with comments, and its like.
  `// it's a comment\n{"password":"${S}"}`,
  `{ // it's one\n "password": "${S}"}`,
  `{"a":1, /* "x" */ "password" /* y */ : "${S}"}`,
  `{"password": // y\n "${S}"}`,
  `{/* "password": "${S}" */ "a": 1}`,
  `{"query":"mutation { login(password: \\"\\"\\"${S}\\"\\"\\") }"}`,
  `Don't: {"password":"${S}"}`,
  `["password" => "${S}"]`,
  `{"args":["-v","--password","${S}"]}`,
  // Texts in texts.
  `{"values":"a: 1\\ndb:\\n  password: ${S}\\n"}`,
  `{"env":"A=1\\nTOKEN=${S}"}`,
  `{"h":"Accept: x\\r\\nX-Api-Key: ${S}"}`,
  `{"xml":"<a><password>${S}</password></a>"}`,
  `xml=%3Ca%3E%3Cpassword%3E${S}%3C%2Fpassword%3E&a=1`,
  `{"conninfo":"host=h user=u password=${S} dbname=x"}`,
  `{"cs":"Server=h;Password=\\"${S}\\";x=1"}`,
  `{"c":"a=1; session=${S}; b=2"}`,
  `{"u":"https://${S}@github.com/o/r.git"}`,
  `{"u":"https:\\/\\/u:${S}@h\\/"}`,
  `{"u":"postgres://u:p@${S}@h/db"}`,
  `{"u":"wss://${S}@h/"}`,
  `{"u":"//u:${S}@h/"}`,
  `url=https%3A%2F%2Fu%3A${S}%40h%2F&a=1`,
  ...[1, 2, 3, 4, 5].map((times) => nested(`{"token":"${S}"}`, times)),
  `a=1&payload=${encodeURIComponent(nested(`{"token":"${S}"}`, 3))}`,
  nested(`a=1&payload=${encodeURIComponent(encodeURIComponent(`{"token":"${S}"}`))}`, 2),
  `{"Records":[{"body":${JSON.stringify(nested(`{"token":"${S}"}`, 1))}}]}`,
  // What it looks like.
  ...['xapp-1-A012-', 'whsec_', 'glrt-', 'hvs.', 'shpat_', 'gsk_'].map(
    (begin) => `{"x":"${begin}${S}abcdef0123456789"}`,
  ),
  `{"x":"SG.${S}abcdefghij.${S}abcdef0123456789"}`,
  `{"x":"eyJhbGciOiJkaXIi..${S}iviviviv.${S}ct.${S}tag"}`,
  `{"x":"eyJhbGciOiJkaXIi.abcdefghij.abcdefgh.${S}ct.${S}tag"}`,
])('in the body %j the secret is masked', (body) => {
  expectMasked(post(body));
});

test.each([
  ['X-Config', `realm="x", token="${S}"`],
  ['X-Options', `password="${S}"`],
  ['X-Options', `password = "${S}"`],
  ['X-Options', `a="b"; password='${S}'`],
  ['Link', `<http://x>; token="${S}"`],
  ['Forwarded', `for=1;secret="${S}"`],
  ['Warning', `199 - "password=${S}"`],
  ['X-A', `token%3D${S}`],
  ['X-A', `%7B%22password%22%3A%22${S}%22%7D`],
  ['X-A', `http%3A%2F%2Fx%2F%3Ftoken%3D${S}`],
  ['X-A', `http%3A%2F%2Fu%3A${S}%40h%2F`],
  ['X-A', `name=token; value=${S}`],
  ['X-Debug', `X-Api-Key: ${S}`],
  ['X-Debug', `Cookie: a=${S}`],
  ['X-Upstream', `Token ${S}`],
  ['Referer', `https://${S}@a/`],
  ['Origin', `https://${S}@a`],
])('in the header %s: %s the secret is masked', (name, value) => {
  expectMasked(get('http://a/', [name, value]));
});

test.each([
  `\u0001http://${S}@a/`,
  ` \u001fhttp://${S}@a/`,
  `http://a/?name=password&value=${S}`,
  `http://a/?url=https://${S}@h/`,
  `http://a/?url=https%3A%2F%2F${S}%40h%2F`,
  `http://a/?url=https%3A%2F%2Fu%3A${S}%40h%2F`,
  `http://a/?developer_token=${S}&one_time_token=${S}#runtimeToken=${S}`,
  `http://a/?a=1; session=${S}`,
  `http://a/?https%3A%2F%2Fapi%2Fs%3Ftoken%3D${S}`,
  `http://a/?https%253A%252F%252Fapi%252Fs%253Ftoken%253D${S}`,
  `http://a/?https%3A%2F%2Fu%3A${S}%40api%2Fs`,
  `http://a/?https%3A%2F%2Fapi%2Fs%3Fa%3D1%26token%3D${S}`,
  `http://a/proxy/https%3A%2F%2Fapi%2Fs%3Ftoken%3D${S}`,
  `http://a/proxy/https%3A%2F%2Fu%3A${S}%40api%2Fs`,
  `http://a/#https%3A%2F%2Fu%3A${S}%40api%2Fs`,
  `http://a/?{"token":"${S}"}`,
  `http://a/#{"token":"${S}"}`,
  `http://a/?{"a":{"pin":${S}}}`,
  `http://a/?%7B%22token%22%3A%22${S}%22%7D`,
  `http://a/?variables=${encodeURIComponent(nested(`{"token":"${S}"}`, 3))}`,
  `http://a/x/%7B%22token%22%3A%22${S}%22%7D/y`,
  `http://a/?header=X-Api-Key:${S}`,
  `http://a/?X-Api-Key%3A${S}`,
])('in the address %j the secret is masked', (url) => {
  expectMasked(get(url));
});

test.each([
  '{"tools":[{"parameters":{"properties":{"password":{"type":"string","description":"The user’s"},"api_key":{"type":"string"}}}}]}',
  '{"properties":{"token":{"$ref":"#/x"}},"required":["token"]}',
  'properties:\n  password:\n    type: string\n',
  '{"imagePullSecrets":[{"name":"regcred"}]}',
  '{"workDoneToken":"1","partialResultToken":2,"topologyKey":"kubernetes.io/hostname"}',
  '{"from_token":"0xabc","to_token":"0xdef"}',
  '{"auth":"none"}',
  '<auth>basic</auth>',
  '{"pass":1,"fail":0}',
  'Pass: 5\nFail: 0',
  '{"auth":{"type":"basic","username":"u"},"api_key":{"type":"apiKey","name":"X","in":"header"}}',
  '{"session":{"type":"realtime","model":"m","instructions":"Be nice."}}',
  '{"environmentKey":"production","flagKey":"dark-mode","contextKey":"user-1"}',
  '{"name":"a","value":"b","type":"text"}',
  '{"username":"u","value":"b"}',
  'name=a&value=b',
  '{"field":"password","message":"too short"}',
  '{"event":"data","data":{"a":"b"}}',
  '<p name="a">b</p>',
  '--b\r\nContent-Disposition: form-data; name="a"; filename="password"\r\n\r\nx\r\n--b--',
  '["a","b"]\n[1]',
  'The token is "this", they say.',
  'tokens:\n- 1\n- 2\n',
  '[{"op":"replace","path":"/name","value":"a"},{"op":"add","path":"/tokens_used","value":5}]',
  '[{"op":"replace","path":["user","name"],"value":"a"}]',
  '{"name":"theme","value":"dark","path":"/auth"}',
  '{"method":"POST","path":"/auth/token","data":{"a":"b"}}',
  '<token type="word" line="3"/>',
  '<key value="a"/>',
  '<p>Tokens &amp; keys: a &lt; b, &quot;c&quot;</p>',
  '<name value="a"/>',
  '{"scopes":["token:read","secret:write","session:create","auth-token:latest"]}',
  '{"at":"12:00:00","keys":["session:42","token:7"]}',
])('the body %j has no secret', (body) => {
  expect(mask(post(body)).secrets).toEqual([]);
});

test.each([
  'http://a/?pass=1&key=404&auth=none',
  'http://a/sk-SK-2024-slovak-locale-page-name',
  'http://a/docs/sk-1-learn-intro-to-machine-learning',
  'http://a/?q=Bearer+certificates',
  'http://a/?url=https%3A%2F%2Fb%2F',
  'http://a/?https%3A%2F%2Fb%2Fs%3Fa%3D1',
  'http://a/Users(key%3D5)/Products(Key=%27x%27)?scope=token:read',
  'http://a/?{"a":"b"}#/route',
])('the address %s has none', (url) => {
  expect(mask(get(url)).secrets).toEqual([]);
});

test.each([
  ['User-Agent', 'x; key=1'],
  ['Content-Disposition', 'attachment; key=1'],
  ['X-Title', 'Bearer certificates'],
  ['X-Title', 'token economy'],
  ['X-Form', 'name="a"; value="b"'],
])('the header %s: %s has none', (name, value) => {
  expect(mask(get('http://a/', [name, value])).secrets).toEqual([]);
});
