// Queries that compare a secret's name with its value, in URLs and in bodies.
import { expect, test } from 'vitest';
import { mask } from '../../../../src/client/request/secrets/secrets';
import { get, post } from '../../../support/client/requests';
import { expectMasked, S } from './masking';

const NAMES = ['token', 'resetPasswordToken', 'user.api_key', 'client_secret'];

test.each([
  // Payload CMS, JHipster, Ransack, Strapi, Hasura, Prisma, Spring.
  ...['equals', 'not_equals', 'contains', 'like', 'in', 'not_in', 'in][0', 'starts_with', 'matches', 'regex'].map(
    (name) => `[${name}]`,
  ),
  ...['equals', 'notEquals', 'in', 'notIn', 'contains', 'doesNotContain', 'startsWith', 'eq'].map((name) => `.${name}`),
  ...[
    '_eq',
    '_not_eq',
    '_in',
    '_cont',
    '_i_cont',
    '_matches',
    '_contains',
    '_starts_with',
    '_eq_any',
    '_not_in',
    '_iexact',
  ],
  ...['Equals', 'NotIn', 'Contains', 'StartsWith', 'Eq'],
])('%s compares a name in a URL with the secret', (operator) => {
  for (const name of NAMES) {
    expectMasked(get(`http://h/?${name}${operator}=${S}`));
    expectMasked(get(`http://h/?where[${name}]${operator}=${S}`));
    expectMasked(get(`http://h/?${encodeURIComponent(`q[${name}${operator}]`)}=${S}`));
    expectMasked(post(`a=b&q[${name}${operator}]=${S}`));
    expectMasked(post(JSON.stringify({ where: { [name + operator]: S } })));
  }
});

const CONDITIONS = [
  // OData, SCIM, nestjsx/crud, SQL.
  ...['eq', 'ne', 'EQ', 'co', 'sw', 'like', '=', '==', '!=', '<>', '=~'].flatMap((sign) => [
    `token ${sign} '${S}'`,
    `a eq 1 and password ${sign} "${S}"`,
    `(user/api_key ${sign} '${S}') or a gt 5`,
    `tolower(client_secret) ${sign} 'it''s ${S}'`,
  ]),
  `token eq ${S}`,
  `token not_eq '${S}'`,
  `"token" = '${S}'`,
  `u.\`token\` LIKE '%${S}%'`,
  `token in ('a','${S}')`,
  `token not in ("a", "${S}")`,
  `token ='${S}'`,
  `token= '${S}'`,
  `contains(token,'${S}')`,
  `startswith(user/apiKey, '${S}') eq true`,
  `a||$eq||b,token||$eq||${S}`,
  `password||eq||${S}||a`,
];

test.each(CONDITIONS)('in the condition %j the secret is masked', (condition) => {
  expectMasked(get(`http://h/?$filter=${encodeURIComponent(condition)}`));
  expectMasked(get(`http://h/?$filter=${encodeURIComponent(condition).replaceAll('%20', '+')}&a=b`));
  expectMasked(get(`http://h/a?filter=${condition.replaceAll('%', '%25').replaceAll('#', '%23')}`));
  expectMasked(post(JSON.stringify({ filter: condition })));
  expectMasked(post(JSON.stringify({ a: JSON.stringify({ filter: condition }) })));
  expectMasked(post(`SELECT a FROM b WHERE ${condition}`));
  expectMasked(get('http://h/', ['X-Filter', condition]));
});

test.each([
  'filter[0][key]=token&filter[0][val]=SECRET',
  'filter[0][val]=SECRET&filter[0][key]=token',
  'filter[0][val]=a&filter[0][key]=user&filter[1][val]=SECRET&filter[1][key]=token',
  'filters[0].v=SECRET&filters[0].name=token',
  'filter[0][name]=token&filter[0][values][]=SECRET',
  'filter[0][name]=token&filter[0][values][0]=a&filter[0][values][1]=SECRET',
  'filter[name]=token&filter[default]=SECRET',
])('one of the parameters %j names the other', (parameters) => {
  const written = parameters.replace('SECRET', S);
  expectMasked(get(`http://h/?${written}`));
  expectMasked(get(`http://h/?${written.replaceAll('[', '%5B').replaceAll(']', '%5D')}`));
  expectMasked(post(written));
});

test.each(['?', '#', '&', ';'])('a secret after a path with an encoded %j is masked', (sign) => {
  for (const encode of [encodeURIComponent, (text: string) => encodeURIComponent(encodeURIComponent(text))]) {
    expectMasked(get(`http://h/events${encode(`${sign}token=${S}`)}`));
    expectMasked(get(`http://h/events${encode(`${sign}a=b&access_token=${S}&c=d`)}`));
    expectMasked(get(`http://h/events${encode(sign)}token=${S}`));
    expectMasked(get(`http://h/?u=${encode(`/cb${encode(sign)}access_token=${S}`)}`));
  }
});

test.each([
  "http://h/?$filter=name eq 'a' and tokens gt 5",
  'http://h/?sign_in=1&log_in=2&check_in=3&key_in=4&pass_in=5&sign-in=6',
  'http://h/?where[name][equals]=a&sort[in]=b&page_token[equals]=c&token_type_eq=d',
  'http://h/?q[name_cont]=a&q[created_at_not_eq]=b&filters[0][name]=b&filters[0][val]=a',
  'http://h/a%20b%3Dc/d%3Fe%3Df%23g',
  'http://h/?a=b%20c&d=e+f,%22g%22',
])('the address %s has no secret', (url) => {
  expect(mask(get(url)).secrets).toEqual([]);
});

test.each([
  "{\"text\":\"Say 'a', 'b' = 'c', and contains('d', \"e\").\"}",
  '{"sql":"SELECT token FROM a WHERE b = \'c\'"}',
  '{"text":"The sign in \'a\' is like \'b\'."}',
  "SELECT a FROM b WHERE c = 'd' AND e IN ('f')",
])('the body %j has no secret', (body) => {
  expect(mask(post(body)).secrets).toEqual([]);
});
