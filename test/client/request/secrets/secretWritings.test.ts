// Further ways to write a name and its value: in logs, shells, keys, markup and URLs.
import { expect, test } from 'vitest';
import { mask } from '../../../../src/client/request/secrets/secrets';
import { get, post } from '../../../support/client/requests';
import { expectMasked, S } from './masking';

test.each([
  // Words in a log, events.
  `level=info token=${S}`,
  `time=12:00 msg="a b" token=${S} user=a`,
  `2024-01-01 INFO signed in, token=${S}\n2024-01-01 INFO b`,
  `GET /x?a=1&b=2 token=${S}`,
  `data: token=${S}\n\n`,
  `data:token=${S}\n\n`,
  `event: a\ndata: a=b&token=${S}\n\n`,
  `{"a":"event: x\\ndata: token=${S}\\n\\n"}`,
  // Names of several words.
  `"api key": ${S}\n`,
  `a: 1\n"my api key": ${S}\n`,
  `a: 1\n'api key' : ${S}\n`,
  `client secret = ${S}`,
  `Client secret: ${S}`,
  `{"ini":"[a]\\nb = 1\\nclient secret = ${S}\\n"}`,
  // Keys of JSON (RFC 7517), in any order.
  `{"key":{"kty":"oct","k":"${S}"}}`,
  `{"keys":[{"kty":"oct","k":"${S}"}]}`,
  `{"keys":[{"k":"${S}","kty":"oct"}]}`,
  `{"kty":"RSA","n":"a","d":"${S}"}`,
  `{"n":"a","d":"${S}","p":"${S}","q":"${S}","dp":"${S}","dq":"${S}","qi":"${S}","kty":"RSA"}`,
  `{"jwk":"{\\"kty\\":\\"EC\\",\\"d\\":\\"${S}\\"}"}`,
  // HTML.
  `<input name=password value=${S}>`,
  `<input value=${S} name=password>`,
  `<input type=hidden name=token value = ${S} />`,
  `<x token=${S}>a</x>`,
  `<a href=http://h/?token=${S}>b</a>`,
  `<meta name="csrf-token" content="${S}">`,
  `<meta content='${S}' name=csrf-token>`,
  // Several pieces of data.
  `<Password><![CDATA[a]]><![CDATA[${S}]]></Password>`,
  `<Password><![CDATA[a]]>${S}</Password>`,
  `<Password><![CDATA[a]]]]><!-- b --><![CDATA[>${S}]]></Password>`,
  `<ApiKey>a<![CDATA[${S}]]></ApiKey>`,
  `<ApiKey><![CDATA[a]]> <![CDATA[${S}]]>${S}</ApiKey>`,
  `<ApiKey>a<!-- b -->${S}</ApiKey>`,
  `<a><![CDATA[b]]><![CDATA[{"token":"${S}"}]]></a>`,
  // Shells.
  `$env:TOKEN = "${S}"`,
  `$token = '${S}'`,
  `$Env:API_KEY=${S}\n`,
  `set -x TOKEN ${S}`,
  `set -gx TOKEN ${S}\nset -e A`,
  `setenv TOKEN ${S}`,
  // Calls.
  `cb({token:${S}})`,
  `{"a":"cb({token:${S}})"}`,
  `{"dbpass":"${S}","userpass":"${S}","loginpass":"${S}"}`,
])('in the body %j the secret is masked', (body) => {
  expectMasked(post(body));
});

test.each([
  `http://a/?q=(token:${S})`,
  `http://a/?q=(a:(b:1,token:'${S}'),c:!t)`,
  `http://a/?q=${encodeURIComponent(`(a:!((token:${S})))`)}`,
  `http://a/?q=!((token:${S}))`,
  `http://a/?q=~(token~'${S})`,
  `http://a/?q=~(a~(b~1~token~'${S}))`,
  `http://a/?callback=cb({token:${S}})`,
  `http://a/#/discover?_g=(time:(from:now-1d),token:${S})`,
])('in the address %j the secret is masked', (url) => {
  expectMasked(get(url));
});

test.each([
  'level=info tokens=5 user=a',
  'I set a = b, and the session is over.',
  'data: a=b\n\n',
  'set -x PATH /bin',
  '$env:PATH = "/bin"',
  'Dear reader: hello\nYours truly: me',
  '{"kty":"RSA","n":"a","e":"AQAB","kid":"k"}',
  '{"k":"a","d":"b","p":"c"}',
  '<input name=user value=a>',
  '<meta name="viewport" content="width=device-width">',
  '<a><![CDATA[b]]><![CDATA[c]]></a>',
  'cb({a:1})',
  '{"compass":"N","bypass":"a","lowpass":"b","boarding_pass":"c"}',
])('the body %j has no secret', (body) => {
  expect(mask(post(body)).secrets).toEqual([]);
});

test.each(['http://a/?q=(time:(from:now-1d,to:now),key:1)', "http://a/?q=~(a~'b)", 'http://a/?callback=cb({a:1})'])(
  'the address %s has none',
  (url) => {
    expect(mask(get(url)).secrets).toEqual([]);
  },
);
