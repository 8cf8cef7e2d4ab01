// Commands run by bash and curl themselves: those that are written here, and those that are read.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { CurlError, parseRequest } from '../../../src/client/request/curl';
import { toCurl } from '../../../src/client/request/curlCommand';
import type { StreamRequest } from '../../../src/client/request/streamRequest';
import { drawn } from '../../support/random/drawn';
import { fuzz } from '../../support/random/fuzz';
import { type EchoedRequest, EchoServer, hasBashAndCurl } from '../../support/servers/echoServer';
import { randomCommand } from './randomCommand';

/** Headers that curl adds by itself. */
const ADDED = new Set(['host', 'user-agent', 'accept', 'content-length', 'expect', 'accept-encoding']);

const run = promisify(execFile);

/** Runs a script, without variables of the environment. */
async function bash(script: string): Promise<void> {
  await run('bash', ['-c', script], { env: { PATH: process.env['PATH'] ?? '' }, timeout: 20_000 });
}

/**
 * Returns a URL as a URL parser writes it: with a quote as %27, and bytes in capitals, which not all versions of curl use.
 */
function targetOf(url: string): string {
  const { pathname, search } = new URL(url, 'http://a/');
  return (pathname + search).replace(/%[\da-f]{2}/g, (byte) => byte.toUpperCase());
}

/** Returns the part of a request that has to be the same at the server. The accepted codings differ by program. */
function expected({ method, url, headers, body = '' }: StreamRequest): EchoedRequest {
  const named = headers.map(([name, value]): [string, string] => [name.toLowerCase(), value]);
  return { method, target: targetOf(url), headers: named.filter(([name]) => name !== 'accept-encoding'), body };
}

/** Returns the request without curl's own headers, unless the command has them, too. */
function withoutAdded(came: EchoedRequest | undefined, { headers }: EchoedRequest): EchoedRequest | undefined {
  const named = new Set(headers.map(([name]) => name));
  return (
    came && {
      ...came,
      target: targetOf(came.target),
      headers: came.headers.filter(([name]) => named.has(name) || !ADDED.has(name)),
    }
  );
}

function sorted(request: EchoedRequest | undefined): EchoedRequest | undefined {
  const key = ([name]: [string, string]) => name;
  return request && { ...request, headers: request.headers.toSorted((a, b) => key(a).localeCompare(key(b))) };
}

test.runIf(hasBashAndCurl)('real curl sends a copied command as the original request', async () => {
  const server = await new EchoServer().listen();
  const { runs } = await fuzz(
    100,
    async (random, seed) => {
      const pick = <T>(choices: readonly T[]) => choices[Math.floor(random() * choices.length)] as T;
      const text = (most: number, letters: string) =>
        Array.from({ length: Math.floor(random() * (most + 1)) }, () => pick([...letters])).join('');
      const method = pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']);
      const request: StreamRequest = {
        method,
        url: `${server.origin}/${seed}?${text(12, "aZ0'()!$*;,~=&%41[]{}")}`.replaceAll('%', '%25'),
        headers: [
          ['Accept', 'text/event-stream'],
          [`x-${text(5, 'abc-')}a`, text(10, `aZ0'"\\$\`!#%&é😀() ;:`).trim()],
        ],
        body: method === 'HEAD' || random() < 0.3 ? undefined : text(30, `aZ0'"\\$\`!#%&éあ😀() \n\r\t;@:{}[]<>`),
        insecure: false,
      };
      await bash(toCurl(request));
      expect(withoutAdded(server.on(`/${seed}`), expected(request))).toEqual(expected(request));
    },
    { atOnce: 4 },
  );
  expect(runs).toBeGreaterThan(0);
});

/** Scripts that were once misread; `URL` stands for the server's URL. */
const SCRIPTS = [
  'curl -d "{\\"a\\": \\"2 ^ 3\\"}" URL',
  `printf '{"a":%s}' > b.json; rm b.json; curl -d '{}' URL`,
  `cd "$(mktemp -d)"\necho '{"a":1,' > b.json; echo '"b":2}' >> b.json; curl --data-binary @b.json URL`,
  `echo '{"a":1}' | curl --data-binary @- URL`,
  `printf '%s' '{"a":1}' | curl --data-binary @- URL`,
  `A=x; curl -d "$A" URL`,
  'curl -d "2 ^ 3" URL',
  '# comment lines\ntime curl -sS --no-buffer -d "x\\"~\\$😀_&:-, (_.:9(^" --url URL',
  'curl -d "x(^" URL',
  `A=b=1\nB="URL?=@"\ncurl -b "\${A:-other}" $B`,
  '# It is here.\ncurl -d "x ^" URL',
  'curl -d @- <<-EOF URL\n\t{"a": "^ ^\n\tb" ^\n\tEOF\n',
  'curl -d @- <<"EOF" URL\n{"a": "` -b %PATH%" `\n@echo off\nEOF\n',
];

test.runIf(hasBashAndCurl).each(drawn(SCRIPTS, 6))('%s is read as bash and curl read it', async (script) => {
  const server = await new EchoServer().listen();
  const text = script.replace('URL', `${server.origin}/x`);
  const read = expected(parseRequest(text).request);
  await bash(text);
  expect(sorted(withoutAdded(server.on('/x'), read))).toEqual(sorted(read));
});

test.runIf(hasBashAndCurl)('a script is read as bash and curl read it', async () => {
  const server = await new EchoServer().listen();
  const outcomes = { same: 0 };
  await fuzz(
    100,
    async (random, seed) => {
      const script = randomCommand(random, `${server.origin}/${seed}`);
      let read: StreamRequest;
      try {
        const { request, notes } = parseRequest(script);
        expect(
          notes.filter(({ code }) => code === 'placeholder' || code === 'file'),
          script,
        ).toEqual([]);
        read = request;
      } catch (error) {
        if (!(error instanceof CurlError)) throw error;
        throw new Error(`${error.message}\n${script}`);
      }
      // The command written from the request is read as the same request.
      expect(expected(parseRequest(toCurl(read)).request), script).toEqual(expected(read));
      await bash(script);
      expect(sorted(withoutAdded(server.on(`/${seed}`), expected(read))), script).toEqual(sorted(expected(read)));
      outcomes.same += 1;
    },
    { atOnce: 4, failed: [1795728068, 1795743126, 1795756816, 1795866794] },
  );
  expect(outcomes.same).toBeGreaterThan(0);
});
