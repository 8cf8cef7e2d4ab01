import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The extension's folder. */
export const EXTENSION = fileURLToPath(new URL('../../..', import.meta.url)).replace(/.$/, '');

const TYPES: Record<string, string> = { '.css': 'text/css', '.js': 'text/javascript' };

/** Serves the documents of panels, and the files of the extension that a page may load. */
export class PanelServer {
  readonly #documents = new Map<string, () => string>();
  readonly #server = createServer((request, response) => void this.#response(request, response));
  #panels = 0;

  async listen(): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Adds a document, which is served as it is at the time of a request. Returns its URL. */
  add(document: () => string): string {
    this.#panels += 1;
    const path = `/panel/${this.#panels}`;
    this.#documents.set(path, document);
    return `${this.origin}${path}`;
  }

  /** Returns the URL of a file of the extension. @param path absolute */
  urlOf(path: string): string {
    return `${this.origin}/extension${path.slice(EXTENSION.length)}`;
  }

  async close(): Promise<void> {
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }

  async #response({ url = '' }: IncomingMessage, response: ServerResponse): Promise<void> {
    const document = this.#documents.get(url);
    const file = /^\/extension\/((?:dist|media)\/\w+\.(?:js|css))$/.exec(url)?.[1];
    if (document) {
      response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(document());
    } else if (file) {
      const content = await readFile(join(EXTENSION, file));
      response.writeHead(200, { 'Content-Type': `${TYPES[extname(file)]}; charset=utf-8` }).end(content);
    } else {
      // A browser requests a favicon without being told to.
      response.writeHead(404).end();
    }
  }
}
