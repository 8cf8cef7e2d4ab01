import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findNchan } from '../../../scripts/install/nginx.mjs';
import { isListening } from './testServer';

export interface Nginx {
  port: number;
  url: string;
  stop(): Promise<void>;
}

/** Configuration with one process, and nothing outside of its folder. */
const configuration = (module: string, port: number, server: string) => `
  load_module "${module}";
  daemon off;
  master_process off;
  pid nginx.pid;
  error_log stderr;
  events {}
  http {
    access_log off;
    client_body_temp_path temp;
    proxy_temp_path temp;
    fastcgi_temp_path temp;
    uwsgi_temp_path temp;
    scgi_temp_path temp;
    server {
      listen 127.0.0.1:${port};
      ${server}
    }
  }`;

/** Starts an nginx with nchan on a free port. @param server lines for its one server */
export async function startNginx(server: string): Promise<Nginx> {
  const nchan = findNchan();
  if (!nchan) throw new Error('nginx with nchan is not here yet: `npm test` fetches it.');
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  const port = await freePort();
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration(nchan.module, port, server));
  const env = { ...process.env, LD_LIBRARY_PATH: nchan.libraries };
  const nginx = spawn(nchan.nginx, ['-p', folder, '-c', file], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  nginx.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = once(nginx, 'close');
  const stop = async () => {
    // When asked to stop, nchan in a single process frees its memory twice.
    nginx.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true });
  };
  while (!(await isListening(port))) {
    const early = await Promise.race([ended, delay(10)]);
    if (early) throw new Error(`nginx has ended: ${errors}`);
  }
  return { port, url: `http://127.0.0.1:${port}/`, stop };
}

/** Returns a free port for the configuration: nginx can't let the system choose one. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
