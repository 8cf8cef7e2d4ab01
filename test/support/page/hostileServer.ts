// Texts that are slow to lay out in a browser, and a server that sends them.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const SIZE = 1_000_000;

const repeat = (unit: string) => unit.repeat(Math.floor(SIZE / Buffer.byteLength(unit)));

/** Texts of a megabyte, as UTF-8. */
export const TEXTS = {
  'marks': `a${repeat('\u0301')}`,
  'bidi': repeat('\u202e\u2067\u05d0 a'),
  'directions': repeat('a\u05d0'),
  'families': repeat('\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}'),
  'zeros': repeat('0,'),
  'letters': repeat('x'),
  'Arabic': repeat('\u0628'),
  'Thai': repeat('\u0e17\u0e35\u0e48'),
  // Took cubic time because of CSS' text-spacing-trim.
  'brackets': repeat('\uff60'),
  // Took quadratic time because of kerning.
  'katakana': repeat('\u30b0'),
  'piles': repeat('\u{1f3fb}\u0e33'),
  'symbols': repeat('\u2705\u2167'),
  // A space of Chinese has another font than its letters.
  'spaces': repeat('\u4e00\u3000'),
  // In text with a letter from right to left, digits are runs of their own, and brackets take quadratic time.
  'numbers': repeat(`\u05d0${'1;'.repeat(700)}`),
  'parentheses': repeat(`\u05d0${'('.repeat(700)}${'a'.repeat(700)}`),
};

/** Returns lines of the same characters in different orders, so that no two lines are alike, and no font has them. */
function scattered(first: number, count: number): string {
  const size = Buffer.byteLength(String.fromCodePoint(first));
  return Array.from({ length: SIZE / size }, (_, at) =>
    String.fromCodePoint(first + ((at * 7919 + Math.floor(at / count)) % count)),
  ).join('');
}

/** Further texts, which are cut into thousands of pieces. */
export const FONTLESS = {
  'privates': scattered(0xe000, 6400),
  'forms': scattered(0xfb50, 98),
  'unassigned': scattered(0x40000, 65_536),
};

/** Lines of one character, and lines of thousands of different ones: a browser caches the glyphs of 2,048. */
export const DRAWN = {
  'a syllable': repeat('\uac00'),
  'syllables': scattered(0xac00, 11_172),
};

/** Returns numeric strings whose hashes collide in V8: creating all of them took Chromium three seconds. */
function alikeToV8(): string[] {
  const found: string[] = [];
  for (let first = 0; first < 6; first += 1)
    for (let number = first; number < 1e9; number += 2 ** 16) found.push(String(number));
  return found.slice(0, 85_000);
}

export const JSONS = {
  'zeros': `[${repeat('0,')}0]`,
  'deep': `${'['.repeat(SIZE / 2)}${']'.repeat(SIZE / 2)}`,
  'string': JSON.stringify({ text: TEXTS.marks, next: 1 }),
  'strings': JSON.stringify(Array.from({ length: 100 }, () => TEXTS.directions.slice(0, 6000))),
  'numbers': JSON.stringify(Array.from({ length: 60 }, () => TEXTS.numbers.slice(0, 16_000))),
  'members': JSON.stringify(
    Object.fromEntries(Array.from({ length: 100 }, (_, at) => [at + '\u02ea '.repeat(1500), '\u02ea '.repeat(1500)])),
  ),
  'key': JSON.stringify({ [TEXTS.marks]: [1], last: 2 }),
  'digits': JSON.stringify(alikeToV8()),
};

/** Data that are just small enough for an editor. */
export const OPENED: Record<string, string> = {
  'lines of marks': `a${'\u0301'.repeat(30)}\n`.repeat(140),
  'a few lines of many marks': `a${'\u0301'.repeat(800)}\n`.repeat(3),
  'two directions': `${'a\u05d0'.repeat(1200)}\n`.repeat(10),
  'families': `${'\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'.repeat(400)}\n`.repeat(10),
  'controls': `${'\u0001'.repeat(4200)}\n`.repeat(3),
  'letters': 'x'.repeat(SIZE),
  'lines': 'ab\n'.repeat(49_990),
  'repeated levels': `[${`${'['.repeat(240)}${']'.repeat(240)},`.repeat(3)}0]`,
  'levels that end never': `${'[('.repeat(124)}\n`,
  'lines of numbers': `[${`${'1,'.repeat(740)}\n`.repeat(20)}1]`,
  // Shown without colors.
  'a line of numbers': `[${'1,'.repeat(4900)}1]`,
  'brackets that close nothing': `x${')'.repeat(1490)}\n`,
  'blanks': `x${' '.repeat(640)}\n`.repeat(48),
  'words': `${'ab '.repeat(300)}\n`.repeat(48),
  'zeros': JSONS.zeros,
};
/** The names of the data that are shown as JSON with colors. */
export const COLORED = ['repeated levels', 'lines of numbers'];
/** Data that are too large for an editor. */
export const REFUSED = { 'more blanks': `x${' '.repeat(9990)}\n`.repeat(49) };

export interface HostileServer {
  /** Root of `/event/NAME`, `/lines/NAME`, `/json/NAME`, `/data/NAME` and `/body/NAME`, with that text, and of `/sent`. */
  url: string;
  close(): void;
}

export async function serveHostile(): Promise<HostileServer> {
  const server = createServer((request, response) => {
    if (request.url === '/sent') count(request, response);
    else send(request, response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function count(request: IncomingMessage, response: ServerResponse): void {
  let size = 0;
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
  });
  request.once('end', () => response.writeHead(200, { 'Content-Type': 'text/plain' }).end(`${size} bytes`));
}

function send({ url = '' }: IncomingMessage, response: ServerResponse): void {
  const [, kind = '', name = ''] = decodeURIComponent(url).split('/');
  const texts: Record<string, string> = kind === 'json' ? JSONS : { ...TEXTS, ...FONTLESS, ...DRAWN };
  const text = texts[name] ?? '';
  if (kind === 'data') {
    const lines = (({ ...OPENED, ...REFUSED } as Record<string, string>)[name] ?? '').split('\n');
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.write(`${lines.map((line) => `data: ${line}`).join('\n')}\n\n`);
    return;
  }
  if (kind === 'body') {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(text);
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  if (kind !== 'lines') {
    response.write(`event: ${[...text].slice(0, 900).join('')}\ndata: ${text}\n\n`);
    return;
  }
  // More rows and lines than are visible, each with a different text.
  const characters = [...text];
  for (let line = 0; line < 200; line += 1) {
    const from = (line * 1600) % (characters.length - 2000);
    response.write(`id: ${line}\ndata: ${characters.slice(from, from + 2000).join('')}\n\n`);
  }
}
