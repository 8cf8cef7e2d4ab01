import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findNchan } from '../../../scripts/install/nginx.mjs';
import { freePort } from './testServer';

export interface Nginx {
  port: number;
  url: string;
  stop(): Promise<void>;
}

/** Configuration with one process, and nothing outside of its folder. */
const configuration = (module: string, port: number, { server, http }: { server: string; http: string }) => `
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
    ${http}
    server {
      listen 127.0.0.1:${port};
      ${server}
    }
  }`;

/** Starts an nginx with nchan on a free port. @param server lines for its one server @param http lines for all. Default: none */
export async function startNginx(server: string, http = ''): Promise<Nginx> {
  const nchan = findNchan();
  if (!nchan) throw new Error('nginx with nchan is not here yet: `npm test` fetches it.');
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  // nginx can’t let the system choose one.
  const port = await freePort();
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration(nchan.module, port, { server, http }));
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

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  const isOpen = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'close').then(() => false),
  ]).catch(() => false);
  socket.destroy();
  return isOpen;
}
