// A copied command makes the same request: bash runs it, and real curl sends it to the server that got ours.
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { exchange } from '../../../src/client/http/exchange';
import { toCurl } from '../../../src/client/request/curlCommand';
import { mask } from '../../../src/client/request/secrets/secrets';
import { secretVariables } from '../../../src/client/request/secrets/secretVariables';
import { asSent, type StreamRequest } from '../../../src/client/request/streamRequest';
import { fuzz } from '../../support/random/fuzz';

const run = promisify(execFile);
/** Headers that differ by program. */
const OWN = /^(?:user-agent|cache-control|pragma|connection|host|content-length|expect)$/i;

let hasCurl = false;
beforeAll(async () => {
  hasCurl = await run('bash', ['-c', 'curl --version']).then(
    () => true,
    () => false,
  );
});

/** Starts a server that records its requests, and responds at once. */
async function serveEcho() {
  const asked: { target: string; headers: string[]; body: string }[] = [];
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const raw = request.rawHeaders.map((text) => Buffer.from(text, 'latin1').toString());
    const headers = raw.flatMap((name, index) =>
      index % 2 === 0 && !OWN.test(name) ? [`${name.toLowerCase()}: ${raw[index + 1]}`] : [],
    );
    asked.push({ target: `${request.method} ${request.url}`, headers: headers.sort(), body });
    response.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('hex');
}

/** Makes the request, and has bash run its command. Resolves with the requests that the server got from each. */
async function ask({ host, asked }: Awaited<ReturnType<typeof serveEcho>>, given: StreamRequest, command: string) {
  const before = asked.length;
  const { body } = await exchange(given, new AbortController().signal);
  body.close();
  const env = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', no_proxy: host };
  await run('bash', ['--norc', '-c', command.replace('curl ', 'curl -s -o /dev/null ')], { env });
  return asked.slice(before);
}

test('curl sends the same request as ours, for any request, also with secrets in variables', async ({ skip }) => {
  if (!hasCurl) skip('There is no curl.');
  const echo = await serveEcho();
  const signs = [
    ...'azAZ09 \'"`\\$!#%&*()[]{}|;:,.<>?/~^=+-_@',
    'é',
    'あ',
    '😀',
    '$(x)',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's.
    '${Y}',
    "$'",
    '\\\\',
    '\\"',
    '/../',
  ];
  const anywhere = [...signs, '\n', '\r\n', '\t', '\x1b', '\x7f', '\u0085', '\u2028'];
  await fuzz(200, async (random) => {
    const pick = <T>(choices: readonly T[]) => choices[Math.floor(random() * choices.length)] as T;
    const text = (parts: readonly string[], most: number) =>
      Array.from({ length: Math.floor(random() * (most + 1)) }, () => pick(parts)).join('');
    const body = pick([
      undefined,
      '',
      text(anywhere, 40),
      `{"api_key":"K${text(signs, 4).replace(/["\\]/g, '')}","a":"b"}`,
    ]);
    const given = asSent(
      {
        method: pick(['GET', 'POST', 'PUT', 'DELETE', 'PATCH']),
        url: `${pick(['http', 'HTTP'])}://${pick(['', 'u:p%20@'])}${echo.host}/${text(signs, 15)}`.trim(),
        headers: [
          ...pick<[string, string][]>([
            [],
            [['Authorization', `Bearer T${text(signs, 6)}`.trim()]],
            [['X-Api-Key', `K${text(signs, 6)}`.trim()]],
          ]),
          ...pick<[string, string][]>([
            [],
            [['Content-Type', 'application/json']],
            [['X-A', text([...signs, '\t'], 12).trim()]],
          ]),
        ],
        body,
        insecure: random() < 0.2,
      },
      pick(['', '7', 'a "b"']),
    );
    const [ours, theirs] = await ask(echo, given, toCurl(given));
    expect(theirs).toEqual(ours);
    const { request, secrets } = mask(given);
    const variables = secretVariables(request, secrets);
    let command = toCurl(request, { variables });
    for (const { number, value } of secrets) {
      const name = variables.get(`•••${number}`);
      command = command.replace(`${name}=''`, () => `${name}='${value.replaceAll("'", "'\\''")}'`);
    }
    const [, filled] = await ask(echo, given, command);
    expect(filled).toEqual(ours);
  });
});
