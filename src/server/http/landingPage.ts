import { createHash } from 'node:crypto';

/** Maximum length of all types of events that the page listens to, in UTF-16 code units; those beyond it doesn't show. */
const MAX_TYPES = 20_000;
const NO_TYPES: string[] = [];

/** The page served on `/`. */
export class LandingPage {
  /** With its Content-Security-Policy: nothing but its own style, its own script and its own server. */
  readonly headers: Record<string, string>;
  readonly #html: string;
  /** What was made last: it is in memory once, however many are sent it. */
  #made = { method: '', types: [] as Iterable<string>, html: '' };

  /** @param html with its style and script in it: no other than these will run */
  constructor(html: string) {
    this.#html = html;
    const policy = [
      `default-src 'none'`,
      `style-src ${hashes(html, 'style')}`,
      `script-src ${hashes(html, 'script')}`,
      `connect-src 'self'`,
      'img-src data:',
      `base-uri 'none'`,
      `form-action 'none'`,
      `frame-ancestors 'none'`,
    ].join('; ');
    this.headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy };
  }

  /** Its HTML for a stream that is asked for by that method. @param types of its events beside `message`; of the same ones, the same object */
  for(method: 'GET' | 'POST', types: Iterable<string> = NO_TYPES): string {
    if (this.#made.method !== method || this.#made.types !== types) {
      const attributes = `data-method="${method}" data-types="${listOf(types)}"`;
      const html = this.#html.replace('data-method="GET" data-types="[]"', () => attributes);
      this.#made = { method, types, html };
    }
    return this.#made.html;
  }
}

/** The types as JSON, for an attribute. */
function listOf(types: Iterable<string>): string {
  const listed: string[] = [];
  let length = 0;
  for (const type of types) {
    length += type.length;
    if (length > MAX_TYPES) break;
    listed.push(type);
  }
  let text = JSON.stringify(listed);
  for (const sign of '&"<>') text = text.replaceAll(sign, `&#${sign.charCodeAt(0)};`);
  return text;
}

function hashes(html: string, element: 'style' | 'script'): string {
  const contents = [...html.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, 'gs'))];
  return contents.map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
}
