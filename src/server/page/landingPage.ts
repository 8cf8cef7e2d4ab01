import { createHash } from 'node:crypto';
import { streamMethod } from '../http/methods';
import type { PathStream } from '../source';

/** Maximum total length of the event types that the page listens to, in UTF-16 code units; it ignores the others. */
const MAX_TYPES = 20_000;

/** The page served on `/`. */
export class LandingPage {
  /** The headers, with a Content-Security-Policy that allows only its own style, its own script and its own server. */
  readonly headers: Record<string, string>;
  readonly #html: string;
  /** The result of the last call of `for`: cached, so that it is in memory once for all clients. */
  #made = { method: '', types: [] as Iterable<string>, html: '' };

  /** @param html with its style and script inline: the policy blocks any other */
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

  /** Returns the page's HTML for a stream. Its types are compared by identity: pass the same object for the same types. */
  for(stream: PathStream): string {
    const [method, types] = [streamMethod(stream), stream.eventTypes];
    if (this.#made.method !== method || this.#made.types !== types) {
      const attributes = `data-method="${method}" data-types="${listOf(types)}"`;
      const html = this.#html.replace('data-method="GET" data-types="[]"', () => attributes);
      this.#made = { method, types, html };
    }
    return this.#made.html;
  }
}

/** Returns the types as JSON, escaped for an attribute. */
function listOf(types: Iterable<string>): string {
  const listed: string[] = [];
  let length = 0;
  for (const type of types) {
    length += type.length;
    if (length > MAX_TYPES) break;
    listed.push(type);
  }
  return escaped(JSON.stringify(listed));
}

export function hashes(html: string, element: 'style' | 'script'): string {
  const contents = [...html.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, 'gs'))];
  return contents.map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
}

/** Returns a text for the content of an element, or for an attribute in double quotes. */
export function escaped(text: string): string {
  return text.replace(/[&"<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
