import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** Whether bash and curl are installed. */
export const hasBashAndCurl = ['bash', 'curl'].every((program) => spawnSync(program, ['--version']).status === 0);

/** A request as received by the server. */
export interface EchoedRequest {
  method: string;
  /** Path and query. */
  target: string;
  /** Names in lower case, values as UTF-8. */
  headers: [name: string, value: string][];
  body: string;
}

/** A server that keeps the last request to each path. */
export class EchoServer {
  readonly #requests = new Map<string, EchoedRequest>();
  #origin = '';

  get origin(): string {
    return this.#origin;
  }

  /** Starts the server; it ends with the test. */
  async listen(): Promise<this> {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const { method = '', url: target = '', rawHeaders } = request;
      const headers = rawHeaders.flatMap((name, at): [string, string][] =>
        at % 2 === 0 ? [[name.toLowerCase(), Buffer.from(rawHeaders[at + 1] ?? '', 'latin1').toString()]] : [],
      );
      const path = target.replace(/[?#].*/s, '');
      this.#requests.set(path, { method, target, headers, body: Buffer.concat(chunks).toString() });
      response.end('ok');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    this.#origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    return this;
  }

  /** Returns the last request to a path; undefined if there was none. */
  on(path: string): EchoedRequest | undefined {
    return this.#requests.get(path);
  }
}
