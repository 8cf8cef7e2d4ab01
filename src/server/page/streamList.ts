import type { OutgoingHttpHeaders } from 'node:http';
import { firstOf, streamMethod } from '../http/methods';
import type { PathStream, StreamSource } from '../source';
import { escaped, hashes } from './landingPage';

const STYLE = `
:root { color-scheme: light dark; --line: light-dark(#d8dce2, #33383f); --quiet: light-dark(#57606a, #9aa4b0); }
body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem; font: 16px/1.5 system-ui, sans-serif;
  color: light-dark(#1c2128, #e6e9ed); background: light-dark(#fff, #15181c); }
h1 { font-weight: 300; } li { margin: 0 0 1.25rem; } ul { padding: 0; list-style: none; } p { color: var(--quiet); }
a { color: light-dark(#0a66c2, #62b0ff); }
code { display: block; margin-top: .25rem; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: 6px;
  font: .9rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }`;

const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': `default-src 'none'; style-src ${hashes(`<style>${STYLE}</style>`, 'style')}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

/** Maximum length of all paths that are listed, in UTF-16 code units: each stands there twice, and a browser lays them out at once. */
const MAX_LISTED = 100_000;

/** The page on `/` of a server that has several streams: each with the command line that shows it. */
export class StreamList {
  /** Streams that are listed, and the number of all. */
  readonly #streams: readonly PathStream[];
  readonly #count: number;
  readonly #root: string;

  /** @param host host and port as the client has reached it */
  constructor({ streams }: StreamSource, host: string) {
    [this.#streams, this.#count] = [firstOf(streams, MAX_LISTED, (path) => quoted(path).length), streams.length];
    this.#root = `http://${host}`;
  }

  /** Returns the list as a page, or as plain text for clients that don't ask for a page. */
  for(accept: string | undefined): { body: string; headers: OutgoingHttpHeaders } {
    return accept?.includes('text/html') ? { body: this.#html, headers: HEADERS } : { body: this.#text, headers: {} };
  }

  get #heading(): string {
    const [count, listed] = [this.#count, this.#streams.length];
    if (count === 0) return 'No stream yet: a file a.sse is on /a.';
    const streams = count === 1 ? '1 stream' : `${count} streams`;
    return listed < count ? `${streams}, of which ${listed} are listed: their paths are long` : streams;
  }

  get #text(): string {
    const lines = this.#streams.map((stream) => `${nameOf(stream)}\n  ${curlOf(this.#root, stream)}`);
    return `${[this.#heading, ...lines].join('\n\n')}\n`;
  }

  get #html(): string {
    const items = this.#streams.map((stream) => {
      const name = escaped(nameOf(stream));
      const link = streamMethod(stream) === 'GET' ? `<a href="${escaped(stream.path)}">${name}</a>` : name;
      return `<li>${link}<code>${escaped(curlOf(this.#root, stream))}</code></li>`;
    });
    const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>SSE Counter</title><link rel="icon" href="data:,"><style>${STYLE}</style>`;
    return `<!doctype html><html lang="en"><head>${head}</head><body><main><h1>${this.#heading}</h1><ul>${items.join('')}</ul></main></body></html>`;
  }
}

function nameOf(stream: PathStream): string {
  return streamMethod(stream) === 'POST' ? `POST ${stream.path}` : stream.path;
}

/** Returns a command line for bash. */
function curlOf(root: string, stream: PathStream): string {
  const url = quoted(`${root}${stream.path}`);
  // Without `-g`, curl would take brackets for a set of URLs; a path has no braces.
  const options = /[[\]]/.test(stream.path) ? '-N -g' : '-N';
  if (streamMethod(stream) === 'GET') return `curl ${options} ${url}`;
  return `curl ${options} -H 'Content-Type: application/json' -d '{"stream": true}' ${url}`;
}

/** Returns a text as a word for bash, and for shells that have no `\'`. An apostrophe is five letters there. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}
