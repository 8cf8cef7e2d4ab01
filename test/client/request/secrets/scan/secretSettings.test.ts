// Settings in strings, URLs with quotes in them, and the part of a query after a name.
import { expect, test } from 'vitest';
import { mask } from '../../../../../src/client/request/secrets/secrets';
import { get, post } from '../../../../support/client/requests';
import { expectMasked, S } from '../masking';

/** Characters that a password may contain. */
const SIGNS = ['#', '&', "'", '"', '<', '>', '\\', ' ', '=', '?', ';', ',', '://', '{', '%'];

test.each(SIGNS)('%j is part of the secret in a string that is one setting', (sign) => {
  expectMasked(post(JSON.stringify({ Env: ['A=b', `DB_PASSWORD=a${sign}${S}`] })));
  expectMasked(post(JSON.stringify({ args: [`--password=a${sign}${S}`] })));
  expectMasked(post(JSON.stringify({ a: JSON.stringify([`api.key=a${sign}${S}`]) })));
  expectMasked(get(`http://h/?env=${encodeURIComponent(`DB_PASSWORD=a${sign}${S}`)}`));
});

test.each(SIGNS)('%j is part of the secret in a row of settings', (sign) => {
  const row = `Server=a,1;User Id=u;Password=a${sign}${S};Database=b`;
  expectMasked(post(JSON.stringify({ cs: row })));
  expectMasked(post(JSON.stringify({ cs: `Server=a; Password=a${sign}${S}` })));
  expectMasked(post(row));
  expectMasked(get(`http://h/?cs=${encodeURIComponent(row)}`));
  expectMasked(get('http://h/', ['X-Connection', row]));
});

test.each([
  ...['Bearer', 'bearer', 'Basic', 'Token', 'DPoP'].flatMap((scheme) => [
    `{"Env":["AUTHORIZATION=${scheme} ${S}"]}`,
    `{"header":"Authorization=${scheme} ${S}"}`,
    `level=info authorization=${scheme} ${S} user=a`,
    `{"a":"See http://h/?authorization=${scheme} ${S} there."}`,
  ]),
  `a: {password: 'it''s ${S}', b: c}`,
  `a: [{password: '''${S}'}]`,
  `a: {password: 'it''s ''${S}''', b: c}`,
  `{"dsn":"postgres://u:a'${S}@h/db"}`,
  `{"u":"postgres://u:a'${S}@h/db"}`,
  `{"u":"postgres://u:a\\"${S}@h/db"}`,
  `{"u":"postgres://u:a<${S}@h/db"}`,
  `{"u":"http://h/?token=a'${S}"}`,
  `{"a":"See http://h/?token=a'${S} there."}`,
  `{"resetToken":{"$eq":"${S}"},"apiKey":{"$in":["${S}"]}}`,
])('in the body %j the secret is masked', (body) => {
  expectMasked(post(body));
});

test.each([
  `http://h/?u=http%3A%2F%2Fx%2F%3Fpassword%3Da%27${S}`,
  `http://h/?u=http%3A%2F%2Fx%2F%3Fpassword%3Da%22${S}`,
  `http://h/?u=http%3A%2F%2Fx%2F%3Fpassword%3Da%3C${S}`,
  `http://h/?u=http%253A%252F%252Fx%252F%253Fpassword%253Da%2527${S}`,
  `http://h/?u=%2Fcb%3Fpassword%3Da'${S}`,
  `http://h/?u=http%3A%2F%2Fu:a'${S}%40h%2F`,
  `http://h/?u=http%3A%2F%2Fu%3Aa%27${S}%40h%2F`,
  `http://h/?u=http%3A%2F%2Fu%3Aa%22${S}%40h%2F`,
  `http://h/?u=http://u:a'${S}@h/`,
  ...['[$eq]', '[$in][0]', '[$in][]', '%5B%24eq%5D', '[_eq]', '[eq]', '__exact', '__in', '__iexact', '.$eq'].flatMap(
    (operator) => [`http://h/?filters[resetToken]${operator}=${S}`, `http://h/?token${operator}=${S}`],
  ),
  `http://h/Users/ByToken(token='${S}')`,
  `http://h/Users/ByToken(token='a''${S}')/x?y=1`,
  `http://h/Users/ByToken(a=1,token=%27${S}%27)`,
  `http://h/Users/ByToken%28token%3D%27${S}%27%29`,
  `http://h/Users/Find(token='${S}',a=1)/Items`,
])('in the address %j the secret is masked', (url) => {
  expectMasked(get(url));
});

test.each([
  '{"Env":["A=b c","PATH=/bin","KEYBOARD=a#b"]}',
  '{"cs":"Server=a;Database=b;Timeout=3"}',
  '{"text":"I set a = b; the session is over."}',
  `a: {b: 'it''s', c: ''}`,
  '{"u":"http://h:80,9/a@b"}',
  `{"a":"x 'http://h:80','a@b'"}`,
])('the body %j has no secret', (body) => {
  expect(mask(post(body)).secrets).toEqual([]);
});

test.each([
  'http://h/?filters[name][$eq]=a&sort__in=b&page_token[$eq]=c',
  'http://h/?token[$exists]=true&token__isnull=true',
  'http://h/?sign_in=1&passed__in=2',
  "http://h/Products(Key='x')/Items(a='b')",
  'http://h/a(b)/c:d',
])('the address %s has none', (url) => {
  expect(mask(get(url)).secrets).toEqual([]);
});

test('in a string that has more than a setting, the text after it stays visible', () => {
  const masked = (text: string) => JSON.parse(mask(post(JSON.stringify({ a: text }))).request.body ?? '').a;
  expect(masked(`token=${S}&page=2`)).toBe('token=•••1&page=2');
  expect(masked(`A=1\nTOKEN=${S}\nB=2`)).toBe('A=1\nTOKEN=•••1\nB=2');
  expect(masked(`'http://h/?token=${S}' and more`)).toBe("'http://h/?token=•••1' and more");
  expect(masked(`<a href=http://h/?token=${S}>b</a>`)).toBe('<a href=http://h/?token=•••1>b</a>');
});
