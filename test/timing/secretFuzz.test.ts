// Generated texts: whatever is repeated and nested in a request, it is taken, or refused, in time that grows with its length.
import { expect, test } from 'vitest';
import { BadFormError, fromForm, MAX_REQUEST, maskForm } from '../../src/editor/requestForm';
import { CurlError, parseRequest } from '../../src/inspector/curl';
import { RedirectError, redirected } from '../../src/inspector/redirect';
import { adopt, findLost, mask, partsWith, strays, unmask } from '../../src/inspector/secrets';
import type { StreamRequest } from '../../src/inspector/streamRequest';
import { fuzz } from '../support/fuzz';
import { leastOf } from '../support/leastOf';
import { ownTime } from '../support/ownTime';
import { form } from '../unit/forms';

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

/** Does it, or is refused. */
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
  /** Puts it into another text, as it is written there. */
  readonly nested: (text: string) => string;
  /** A beginning, what is repeated, what stands between, what is repeated then, an end. */
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

/** All that is done to a request with secrets, on its way out and behind it. */
function sendOut(request: StreamRequest, location: string): void {
  findLost(request, []);
  const { request: masked, secrets } = mask(request);
  findLost(masked, secrets);
  const elsewhere = secrets.map((secret) => ({ ...secret, origin: 'http://b', place: 'body' }));
  strays(masked, elsewhere);
  adopt(masked, elsewhere);
  const plain = unmask(masked, secrets);
  const held = partsWith(masked, secrets);
  for (const to of [location, `http://b/${location}`])
    attempt(() => redirected(plain, { status: 307, location: to, homes: [], secret: held }));
}

function requestsOf(texts: Texts): StreamRequest[] {
  const [long, short] = [texts.of(MAX_REQUEST - 100), texts.of(60_000)];
  const line = short.replace(/[^\P{Cc}\t]/gu, ' ');
  const lines = Array.from({ length: 490 }, (_, index) => `a${index}: ${line.slice(0, 110)}`).join('\n');
  const forms = [
    { body: long, method: 'POST' },
    { url: `${ORIGIN}/?${line}` },
    { headers: `X-A: ${line}` },
    { headers: lines },
  ];
  const requests: StreamRequest[] = [];
  for (const more of forms) attempt(() => requests.push(fromForm(form(more))));
  return requests;
}

test('a megabyte of anything takes a second of the processor at each step of its way', async () => {
  await fuzz(5, async (random) => {
    const texts = new Texts(random);
    const requests = requestsOf(texts);
    const location = texts.of(15_000).replace(/\P{ASCII}|\p{Cc}/gu, '');
    const quoted = texts.of(MAX_REQUEST - 100).replaceAll("'", '"');
    const acts: [string, () => void][] = [
      ...requests.map((request, index): [string, () => void] => [`request ${index}`, () => sendOut(request, location)]),
      ['form', () => maskForm(form({ url: `${ORIGIN}/`, headers: 'X-A: b', body: texts.of(MAX_REQUEST - 100) }), [])],
      ['curl', () => attempt(() => mask(parseRequest(`curl http://a/ -d '${quoted}'`).request))],
      ['command', () => attempt(() => parseRequest(`curl http://a/ ${quoted}`))],
    ];
    for (const [name, act] of acts) {
      // Of steps that each look it through once, there are two.
      const time = await leastOf(2000, () => ownTime(act));
      expect(time, `${name} of ${JSON.stringify(texts.parts)}, ${texts.nested}`).toBeLessThan(2000);
    }
  });
});
