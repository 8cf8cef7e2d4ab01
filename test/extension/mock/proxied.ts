// Clients that read a mock through a dev server's proxy.
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { PROXY_CURES } from '../../../src/extension/mock/proxyCures';
import type { ProxyName } from '../../../src/messages/mock';
import { serveScript } from '../../support/mock/scriptServer';
import { eventually, openStream } from '../../support/servers/testServer';

/** Starts a proxy of that target, optionally with the options of the cure. Resolves with its root URL, without a slash. */
export type StartProxy = (target: string, cure: Record<string, unknown>) => Promise<string>;

/** Returns the cure's options, as a user pastes them. */
export function cureOf(name: Exclude<ProxyName, 'httpProxy'>): Record<string, unknown> {
  return new Function(`return {${PROXY_CURES[name].code}};`)();
}

/** Starts a server that listens until the test ends. Resolves with its root URL. */
export async function listen(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(handle).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Serves a script behind a proxy. */
async function serveBehind(start: StartProxy, cure: Record<string, unknown>, file: string) {
  const mock = await serveScript(file);
  return { ...mock, url: `${await start(mock.url.replace(/\/$/, ''), cure)}/event` };
}

const OPEN = 'retry: 3000\n\ndata: 1\n\n:@ wait 60s\n';

/** Resolves with whether a drop reaches a client within the time that others get through. */
export async function passesDrop(start: StartProxy, cure: Record<string, unknown>): Promise<boolean> {
  const { url, source, closed } = await serveBehind(start, cure, OPEN);
  const stream = await openStream(url);
  await stream.until('data: 1\n\n');
  void source.control.dropAll();
  await eventually(() => closed.length === 1);
  await (await openStream(url)).until('data: 1\n\n');
  await (await openStream(url)).until('data: 1\n\n');
  return stream.response.destroyed;
}

/** Resolves with whether the server notices a client's leaving within the time that others get through. */
export async function passesLeaving(start: StartProxy, cure: Record<string, unknown>): Promise<boolean> {
  const { url, opened, closed } = await serveBehind(start, cure, OPEN);
  const stream = await openStream(url);
  await stream.until('data: 1\n\n');
  stream.response.destroy();
  await (await openStream(url)).until('data: 1\n\n');
  await (await openStream(url)).until('data: 1\n\n');
  return opened.length === 3 && closed.length === 1;
}

/**
 * Resolves with whether the head reaches a client before the first byte, within the time that another stream gets through.
 */
export async function passesHead(start: StartProxy): Promise<boolean> {
  const { url, opened, source } = await serveBehind(start, {}, OPEN);
  source.pause(true);
  let isOpen = false;
  const silent = request(url, { agent: false }, () => {
    isOpen = true;
  }).end();
  silent.on('error', () => silent.destroy());
  onTestFinished(() => void silent.destroy());
  await eventually(() => opened.length === 1);
  const other = await serveBehind(start, {}, OPEN);
  await (await openStream(other.url)).until('data: 1\n\n');
  return isOpen;
}
