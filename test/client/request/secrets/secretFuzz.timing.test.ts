// Generated texts: whatever is repeated and nested in a request, in one text or in hundreds of headers, it is accepted or
// refused in time that grows linearly with its length; and a redirect of it takes almost no time.
import { expect, test } from 'vitest';
import { RedirectError, redirected } from '../../../../src/client/http/redirect';
import { CurlError, parseRequest } from '../../../../src/client/request/curl';
import { KnownValues } from '../../../../src/client/request/secrets/knownValues';
import { adopt, findLost, mask, partsWith, strays, unmask } from '../../../../src/client/request/secrets/secrets';
import type { StreamRequest } from '../../../../src/client/request/streamRequest';
import { BadFormError, fromForm, MAX_REQUEST, maskForm } from '../../../../src/extension/inspector/form/requestForm';
import { form } from '../../../support/inspector/forms';
import { isLong } from '../../../support/random/drawn';
import { fuzz } from '../../../support/random/fuzz';
import { leastOf } from '../../../support/time/leastOf';
import { ownTime } from '../../../support/time/ownTime';

const SIGNS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  ':',
  ',',
  '=',
  '&',
  '?',
  '#',
  ';',
  '/',
  '\\',
  '<',
  '>',
  '%',
  ' ',
  '\n',
  '-',
  '@',
];
const PIECES = [
  ...SIGNS,
  ...[
    '//',
    '/*',
    '*/',
    '\\"',
    '\\\\',
    '=>',
    '</',
    '/>',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '"""',
    '\r\n',
    '\n ',
    '--b\n',
    '- ',
  ],
  ...['%25', '%22', '%3D', '%7B', '\\u0022', '&quot;', '&amp;', '&#34;', '$(', '${', '`', '://', 'http://', 'a:b@'],
  ...[
    'id',
    'k',
    'v',
    'name',
    'value',
    'path',
    'op',
    'key',
    'token',
    'auth',
    'session',
    'data',
    'properties',
    'x-',
    'a',
    'A1',
  ],
  ...[
    'id:',
    'v:',
    'name=',
    'value=',
    'token=',
    ' eq ',
    " = '",
    '||$eq||',
    '"sensitive":true,',
    'key: ',
    'token:\n',
    '"name":',
    '"value":',
    '"token":',
    '"auth":{',
    '<key>',
    '<a name="',
  ],
  ...[
    '[["token",',
    '{"op":1,"path":"',
    'Bearer ',
    'basic ',
    'token ',
    'eyJ',
    'sk-',
    'SG.',
    'xoxb-',
    '-----BEGIN PRIVATE KEY-----',
  ],
  ...['Content-Disposition: form-data; name="', 'export ', 'password', 'null', '•••1', '•••2', 'é'],
];
const ORIGIN = 'http://a';
const REFUSED = [BadFormError, CurlError, RedirectError];

/** Runs a step, which may also refuse. */
function attempt(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!REFUSED.some((kind) => error instanceof kind)) throw error;
  }
}

const json = (text: string) => JSON.stringify({ a: text });
const NESTINGS: [(text: string) => string, ...((text: string) => string)[]] = [
  (text) => text,
  (text) => text,
  (text) => text,
  json,
  (text) => json(json(text)),
  (text) => `a=${encodeURIComponent(text)}`,
  (text) => `a=${encodeURIComponent(json(text))}`,
];

class Texts {
  readonly #random: () => number;
  /** Returns a text nested in another one, in that one's encoding. */
  readonly nested: (text: string) => string;
  /** Parts of a text: a beginning, a repeated part, a part between, another repeated part, an end. */
  readonly parts: [string, string, string, string, string];

  constructor(random: () => number) {
    this.#random = random;
    this.nested = NESTINGS[Math.floor(random() * NESTINGS.length)] ?? NESTINGS[0];
    this.parts = [
      this.#some(3),
      this.#some(3) || 'id:',
      this.#some(2),
      random() < 0.4 ? this.#some(2) : '',
      this.#some(2),
    ];
  }

  of(length: number): string {
    const [begin, one, middle, other, end] = this.parts;
    const room = other === '' ? length : length / 2;
    const again = (piece: string) => (piece === '' ? '' : piece.repeat(room / piece.length));
    const text = this.nested(begin + again(one) + middle + again(other));
    return text.slice(0, length - end.length) + end;
  }

  #some(most: number): string {
    const count = Math.floor(this.#random() * (most + 1));
    return Array.from({ length: count }, () => PIECES[Math.floor(this.#random() * PIECES.length)] ?? '').join('');
  }
}

/** Runs everything that is done to a request with secrets before it is sent. */
function sendOut(request: StreamRequest): void {
  findLost(request, []);
  const { request: masked, secrets } = mask(request);
  findLost(masked, secrets);
  const elsewhere = secrets.map((secret) => ({ ...secret, origin: 'http://b', place: 'body' }));
  strays(masked, elsewhere);
  adopt(masked, elsewhere);
  unmask(masked, secrets);
  partsWith(masked, secrets);
}

/** Returns the step from a request to the next one, which can be repeated. */
function redirects(request: StreamRequest, location: string): () => void {
  const { request: masked, secrets } = mask(request);
  const secret = partsWith(masked, secrets);
  const values = new KnownValues(secret.values);
  const homes = [new URL(request.url).origin];
  let [hop, now] = [0, request];
  return () => {
    hop += 1;
    const to = hop % 2 === 0 ? location : `http://${'b'.repeat(hop % 5)}c/${location}`;
    attempt(() => {
      now = redirected(now, { status: 307, location: to, homes, secret }, values).request;
    });
  };
}

/** Returns the characters that a header can carry. */
function lineOf(text: string): string {
  return text.replace(/[^\P{Cc}\t]/gu, ' ');
}

/** Returns a single header with a text, or as many headers as are allowed. */
function headersOf(texts: Texts, random: () => number): [string, string] {
  const length = 100 + Math.floor(random() ** 2 * 2000);
  const count = Math.min(490, Math.floor(63_000 / (length + 10)));
  const lines = (textOf: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => `a${index}: ${lineOf(textOf(index)).slice(0, length)}`).join('\n');
  const value = texts.of(length - 4);
  return [lines((index) => value + index), lines(() => new Texts(random).of(length))];
}

function requestsOf(texts: Texts, random: () => number): StreamRequest[] {
  const [long, short] = [texts.of(MAX_REQUEST - 100), texts.of(60_000)];
  const line = lineOf(short);
  const headers = headersOf(texts, random);
  const forms = [
    { body: long, method: 'POST' },
    { url: `${ORIGIN}/?${line}` },
    { headers: `X-A: ${line}` },
    ...headers.map((headers) => ({ headers })),
    { url: `${ORIGIN}/?${line}`, headers: headers[0], body: long.slice(0, MAX_REQUEST - 130_000), method: 'POST' },
  ];
  const requests: StreamRequest[] = [];
  for (const more of forms) attempt(() => requests.push(fromForm(form(more))));
  return requests;
}

test('a megabyte of generated text takes about a second of CPU time at each step, and a redirect takes 50 ms', async () => {
  await fuzz(isLong ? 10 : 1, async (random) => {
    const texts = new Texts(random);
    const requests = requestsOf(texts, random);
    const location = texts.of(15_000).replace(/\P{ASCII}|\p{Cc}/gu, '');
    const quoted = texts.of(MAX_REQUEST - 100).replaceAll("'", '"');
    const acts: [string, number, () => void][] = [
      ...requests.flatMap((request, index): [string, number, () => void][] => [
        // Twice the documented time: the worst step that was found takes 1.2 s.
        [`mask ${index}`, 2000, () => mask(request)],
        // Two steps search it once each.
        [`request ${index}`, 4000, () => sendOut(request)],
        [`redirect ${index}`, 100, redirects(request, location)],
      ]),
      ['form', 2000, () => maskForm(form({ url: `${ORIGIN}/`, body: texts.of(MAX_REQUEST - 100) }), [])],
      ['curl', 2000, () => attempt(() => mask(parseRequest(`curl http://a/ -d '${quoted}'`).request))],
      ['command', 2000, () => attempt(() => parseRequest(`curl http://a/ ${quoted}`))],
    ];
    for (const [name, bound, act] of acts) {
      const time = await leastOf(bound, () => ownTime(act));
      expect(time, `${name} of ${JSON.stringify(texts.parts)}, ${texts.nested}`).toBeLessThan(bound);
    }
  });
});
