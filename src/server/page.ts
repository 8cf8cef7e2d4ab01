import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** The page served on `/`. */
export interface Page {
  html: string;
  /** Its Content-Security-Policy: nothing but its own style, its own script and its own server. */
  policy: string;
}

/** Reads the page; its style and script are in it, and no other than these will run. */
export async function readPage(file: string): Promise<Page> {
  const html = await readFile(file, 'utf8');
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
  return { html, policy };
}

/** The page's HTML for a stream that is asked for by that method, with events of these types beside `message`. */
export function htmlFor({ html }: Page, method: 'GET' | 'POST', types: Iterable<string>): string {
  const listed = JSON.stringify([...types]).replace(/[&"<>]/g, (character) => `&#${character.charCodeAt(0)};`);
  return html.replace('data-method="GET" data-types="[]"', () => `data-method="${method}" data-types="${listed}"`);
}

function hashes(html: string, element: 'style' | 'script'): string {
  const contents = [...html.matchAll(new RegExp(`<${element}>(.*?)</${element}>`, 'gs'))];
  return contents.map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`).join(' ');
}
