import { describe, expect, test } from 'vitest';
import { BadDirectiveError, DIRECTIVE_NAMES, type Directive, readDirective } from '../../src/script/directive';

/** Returns the directive named by the error, and the wrong part of the text. */
function complaint(text: string): [directive: string, about: string] {
  try {
    readDirective(text);
  } catch (error) {
    if (error instanceof BadDirectiveError) return [error.directive, text.slice(error.start, error.end)];
    throw error;
  }
  throw new Error(`${JSON.stringify(text)} is taken.`);
}

describe('what there is', () => {
  test.each<[string, Directive]>([
    ['wait 1.25s', { name: 'wait', milliseconds: 1250 }],
    ['wait 80ms', { name: 'wait', milliseconds: 80 }],
    ['wait 0s', { name: 'wait', milliseconds: 0 }],
    ['wait 0.5ms', { name: 'wait', milliseconds: 0.5 }],
    ['wait 50ms..300ms', { name: 'wait', milliseconds: 50, spread: 250 }],
    ['wait 0.5s..2s', { name: 'wait', milliseconds: 500, spread: 1500 }],
    ['wait 1s..1000ms', { name: 'wait', milliseconds: 1000 }],
    ['wait 86400s', { name: 'wait', milliseconds: 86_400_000 }],
    ['wait 86400000ms', { name: 'wait', milliseconds: 86_400_000 }],
    ['drop', { name: 'drop' }],
    ['reset', { name: 'reset' }],
    ['end', { name: 'end' }],
    ['stall', { name: 'stall' }],
    ['loop', { name: 'loop' }],
    ['connection', { name: 'connection' }],
    ['no-newline', { name: 'no-newline' }],
    ['status 204', { name: 'status', status: 204, retryAfter: undefined }],
    ['status 400', { name: 'status', status: 400, retryAfter: undefined }],
    ['status 599', { name: 'status', status: 599, retryAfter: undefined }],
    ['status 503 retry-after 2', { name: 'status', status: 503, retryAfter: 2 }],
    ['status 503 retry-after 0', { name: 'status', status: 503, retryAfter: 0 }],
    ['method POST', { name: 'method', method: 'POST', resumesByGet: false }],
    ['method GET', { name: 'method', method: 'GET', resumesByGet: false }],
    ['method POST, GET', { name: 'method', method: 'POST', resumesByGet: true }],
    ['method GET,POST', { name: 'method', method: 'POST', resumesByGet: true }],
    ['body {"error": {"type": "busy"}}', { name: 'body', body: '{"error": {"type": "busy"}}' }],
    ['cut 13 50ms', { name: 'cut', at: 13, milliseconds: 50 }],
    ['path /v1/chat/completions', { name: 'path', path: '/v1/chat/completions' }],
    ['path /a%20b/', { name: 'path', path: '/a%20b/' }],
    ['header X-Id: a, b', { name: 'header', header: ['X-Id', 'a, b'] }],
    ['header Content-Type:text/plain', { name: 'header', header: ['Content-Type', 'text/plain'] }],
    ['header X-Empty:', { name: 'header', header: ['X-Empty', ''] }],
    ['head 2s', { name: 'head', milliseconds: 2000 }],
    ['unknown-id 204', { name: 'unknown-id', reply: 204 }],
    ['unknown-id 409', { name: 'unknown-id', reply: 409 }],
    ['unknown-id resync', { name: 'unknown-id', reply: 'resync' }],
    ['when request 2', { name: 'when', condition: { by: 'request', number: 2 } }],
    ['when query channel = 7', { name: 'when', condition: { by: 'query', name: 'channel', value: '7' } }],
    ['fill', { name: 'fill' }],
  ])('%s', (text, directive) => {
    expect(readDirective(text)).toEqual(directive);
  });

  test('spaces and tabs before, between and after the words are ignored', () => {
    for (const text of ['wait 2s', ' wait 2s', '\twait\t 2s \t']) {
      expect(readDirective(text)).toEqual({ name: 'wait', milliseconds: 2000 });
    }
    expect(readDirective(' status  503\tretry-after   7 ')).toEqual({ name: 'status', status: 503, retryAfter: 7 });
    expect(readDirective('  drop  ')).toEqual({ name: 'drop' });
  });

  test('the list contains all directives and nothing else', () => {
    const taken = ['', ' 1s', ' 503', ' POST', ' 1 1s', ' /a', ' A: b', ' 204', ' request 1'].flatMap((rest) =>
      DIRECTIVE_NAMES.filter((name) => {
        try {
          return readDirective(name + rest).name === name;
        } catch {
          return false;
        }
      }),
    );
    expect([...new Set(taken)].sort()).toEqual([...DIRECTIVE_NAMES].sort());
    // Compiles only if this list is complete.
    const all: Record<Directive['name'], true> = {
      'wait': true,
      'drop': true,
      'reset': true,
      'end': true,
      'stall': true,
      'status': true,
      'body': true,
      'cut': true,
      'loop': true,
      'method': true,
      'path': true,
      'header': true,
      'head': true,
      'unknown-id': true,
      'when': true,
      'fill': true,
      'connection': true,
      'no-newline': true,
    };
    expect(Object.keys(all)).toEqual(DIRECTIVE_NAMES);
  });
});

describe('what is refused', () => {
  test.each<[text: string, about: string]>([
    ['', ''],
    ['   ', ''],
    ['pause 1s', 'pause'],
    [' Wait 1s', 'Wait'],
    ['DROP', 'DROP'],
    ['wait:1s', 'wait:1s'],
    ['drop!', 'drop!'],
    ['no_newline', 'no_newline'],
    // The properties that every object has aren't directives.
    ['constructor', 'constructor'],
    ['__proto__', '__proto__'],
    ['toString x', 'toString'],
    ['😀 1s', '😀'],
  ])('%j, as there is none of that name', (text, about) => {
    expect(complaint(text)).toEqual(['unknown', about]);
  });

  test.each<[text: string, about: string]>([
    ['wait', 'wait'],
    ['  wait  ', 'wait'],
    ['wait 5', '5'],
    ['wait s', 's'],
    ['wait 1 s', '1 s'],
    ['wait 2s..1s', '2s..1s'],
    ['wait 1s..', '1s..'],
    ['wait ..1s', '..1s'],
    ['wait 1s..2s..3s', '1s..2s..3s'],
    ['wait 1s...2s', '1s...2s'],
    ['wait 1..2s', '1..2s'],
    ['wait 1s 2s', '1s 2s'],
    ['wait -1s', '-1s'],
    ['wait +1s', '+1s'],
    ['wait .5s', '.5s'],
    ['wait 1.s', '1.s'],
    ['wait 1,5s', '1,5s'],
    ['wait 1e3ms', '1e3ms'],
    ['wait 0x10ms', '0x10ms'],
    ['wait ٣s', '٣s'],
    ['wait 1min', '1min'],
    ['wait 1S', '1S'],
    ['wait Infinitys', 'Infinitys'],
    ['wait NaNms', 'NaNms'],
    ['wait 86400.001s', '86400.001s'],
    ['wait 86400001ms', '86400001ms'],
    [`wait ${'9'.repeat(400)}s`, `${'9'.repeat(400)}s`],
  ])('%j, as it is no pause of up to a day', (text, about) => {
    expect(complaint(text)).toEqual(['wait', about]);
  });

  test.each<[text: string, about: string]>([
    ['status', 'status'],
    ['status 200', '200'],
    ['status 301', '301'],
    ['status 399', '399'],
    ['status 600', '600'],
    ['status 99', '99'],
    ['status 4040', '4040'],
    ['status 503 2', '503 2'],
    ['status 503 retry-after', '503 retry-after'],
    ['status 503 retry-after 2s', '503 retry-after 2s'],
    ['status 503 retry-after -1', '503 retry-after -1'],
    ['status 503 retry-after 100000', '503 retry-after 100000'],
    ['status 503 Retry-After 2', '503 Retry-After 2'],
    ['status 503retry-after 2', '503retry-after 2'],
  ])('%j, as no request is answered so', (text, about) => {
    expect(complaint(text)).toEqual(['status', about]);
  });

  test.each<[text: string, about: string]>([
    ['body', 'body'],
    ['cut 0 1s', '0 1s'],
    ['cut 13', '13'],
    ['cut 1 soon', '1 soon'],
    ['path v1', 'v1'],
    ['path //v1', '//v1'],
    ['path /a/../b', '/a/../b'],
    ['path /a/%2E', '/a/%2E'],
    ['path /a?b=c', '/a?b=c'],
    ['path /ä', '/ä'],
    ['path /', '/'],
    ['path /publish', '/publish'],
    ['path /connections', '/connections'],
    [`path /${'a'.repeat(201)}`, `/${'a'.repeat(201)}`],
    ['header X-Id', 'X-Id'],
    ['header : a', ': a'],
    ['header X Id: a', 'X Id: a'],
    ['header Access-Control-Allow-Origin: *', 'Access-Control-Allow-Origin: *'],
    ['header content-length: 5', 'content-length: 5'],
    ['header Transfer-Encoding: gzip', 'Transfer-Encoding: gzip'],
    ['header Connection: close', 'Connection: close'],
    ['header X-Content-Type-Options: x', 'X-Content-Type-Options: x'],
    ['header X-Id: a\u0007b', 'X-Id: a\u0007b'],
    ['header X-City: 北京', 'X-City: 北京'],
    ['head', 'head'],
    ['head 2', '2'],
    ['head 25h', '25h'],
    ['unknown-id 200', '200'],
    ['unknown-id', 'unknown-id'],
    ['when', 'when'],
    ['when request', 'request'],
    ['when request 0', 'request 0'],
    ['when cookie a = b', 'cookie a = b'],
  ])('%j, as it is malformed, or not allowed', (text, about) => {
    expect(complaint(text)).toEqual([text.split(' ')[0], about]);
  });

  test.each(['method', 'method post', 'method PUT', 'method GET POST'])(
    '%j, as it has neither of the two methods',
    (text) => {
      expect(complaint(text)).toEqual(['method', text.slice('method '.length) || 'method']);
    },
  );

  test.each(['drop', 'reset', 'end', 'stall', 'loop', 'fill', 'connection', 'no-newline'])(
    '%s with anything after it',
    (name) => {
      expect(complaint(`  ${name}  now, please `)).toEqual([name, 'now, please']);
    },
  );
});
