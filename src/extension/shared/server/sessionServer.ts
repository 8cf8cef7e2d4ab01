import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { type Extension, env, l10n, Uri } from 'vscode';
import type { RefusedRequest } from '../../../server/guard/refusedRequest';
import { RequestGuard } from '../../../server/guard/requestGuard';
import type { Connection } from '../../../server/http/connection';
import type { Listening } from '../../../server/http/listening';
import type { StreamAnswer, StreamSource } from '../../../server/source';
import { SseServer } from '../../../server/sseServer';
import { reasonOf } from '../../../text/reason';
import { inTime } from '../../../turns/inTime';
import type { Turns } from '../../../turns/turns';
import { LimitedLog } from '../output/limitedLog';
import type { Log } from '../output/log';
import { readSettings, warnWithSettings } from './settings';

/** Delay during which changes of the number of connections are coalesced, in milliseconds. */
const CONNECTIONS_DELAY = 50;
/** Maximum number of refusals that are logged, so that refused clients can't fill the log. */
const MAX_REFUSALS_LOGGED = 100;
/** Advice in a refusal. In English, like all of the server's responses. */
const ORIGINS_ADVICE = 'In VS Code, the setting sseCounter.allowedOrigins names those that may.';
/**
 * Time for which a session's previous port is tried again, in milliseconds: after Reload Window, the extension host before
 * this one may still hold it, and has 5 s to end (VS Code's ExtensionHostMain). The next port may be that of another panel.
 */
const PORT_RETRY_TIME = 6000;
/** Time VS Code may take to resolve the external address, in milliseconds; it may have to ask the user. */
const RESOLVE_TIMEOUT = 10_000;

/** Port of a server, kept for its next start. */
export interface KeptPort {
  port: number;
  /** Value of the port setting at that time. */
  setting: number;
}

/** Ports of the servers that run in this window, each with the one who has it. */
export type WindowPorts = Map<number, { readonly title: string }>;

export interface SessionServerOptions {
  extension: Extension<unknown>;
  log: Log;
  /** Source of the events. */
  source: StreamSource;
  /** Title of its panel. */
  title: string;
  /** Ports of the window's servers. This server's is added while it listens. */
  ports: WindowPorts;
  /** Turn scheduler shared by all work in this window. */
  turns: Turns;
  /** Port that the session had before, which its clients know: tried first if the setting is still the same. */
  kept?: KeptPort | undefined;
  /** Called for each request for a stream, and each that is refused, with its answer. Default: not called. */
  onAnswer?(request: IncomingMessage, answer: StreamAnswer): void;
  /** Called when the number of connections changes; never after `close`. */
  onConnections(count: number): void;
}

/**
 * A session's server as VS Code runs it: with the user's settings, a log, and an address that the panel's page can reach.
 */
export class SessionServer {
  readonly #options: SessionServerOptions;
  readonly #settings;
  readonly #guard: RequestGuard;
  readonly #server: SseServer;
  /** Identifies the panel's own stream, 128 bits. Never logged. */
  readonly #token = randomBytes(16).toString('hex');
  #root = '';
  #port: KeptPort | undefined;
  #external: string | undefined;
  #note: string | undefined;
  #refusals = 0;
  /** Log for client activity, limited because there may be many clients. */
  readonly #clientLog: LimitedLog;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: SessionServerOptions) {
    this.#options = options;
    this.#settings = readSettings(options.extension);
    this.#guard = new RequestGuard(this.#settings.allowedOrigins, ORIGINS_ADVICE);
    this.#clientLog = new LimitedLog(options.log);
    this.#server = this.#create();
  }

  /** The server's root URL as reached from this machine, with its closing slash; empty before it listens. */
  get root(): string {
    return this.#root;
  }

  /** The port, for the next server of the same session; undefined before this one listens. */
  get port(): KeptPort | undefined {
    return this.#port;
  }

  /** Note in the user's language that another panel of this window had the port; undefined if none had. */
  get note(): string | undefined {
    return this.#note;
  }

  get connectionCount(): number {
    return this.#server.connectionCount;
  }

  /** URL of the panel's own stream as reached from this machine; the caller appends a dot and the number of the attempt. */
  get localStreamUrl(): string {
    return this.#streamUrl(this.#root);
  }

  /** Allows the panel's page to read the server. @param origin as in an `Origin` header */
  allowPage(origin: string): void {
    this.#guard.allowOrigin(origin);
  }

  /** Starts listening. Rejects if that fails, or if the server is closed first. */
  async listen(): Promise<void> {
    const { kept, ports, log } = this.#options;
    const setting = this.#settings.port;
    const known = kept?.setting === setting ? kept.port : undefined;
    const retryTime = known === undefined || ports.has(known) ? 0 : PORT_RETRY_TIME;
    const { url, port, instead } = await this.#server.listen(known ?? setting, { retryTime });
    this.#port = { port, setting };
    this.#root = url;
    log.info(l10n.t('Started on {0}', url + (this.#options.source.main?.path.slice(1) ?? '')));
    if (this.#closed) return;
    const holder = instead && ports.get(instead.port);
    ports.set(port, this.#options);
    // The panel shows the note itself, because after a reload several may have moved.
    if (instead && holder !== undefined) this.#note = portNote(instead.port, holder.title, port);
    else if (instead) this.#warnOfOtherPort(port, instead);
  }

  /**
   * Resolves with the URL of the panel's own stream as the panel's page reaches it now. VS Code may have to forward a port,
   * which may be closed again. If that fails, the failure is logged, and events are relayed to the page.
   */
  async resolve(): Promise<string> {
    try {
      const answer = env.asExternalUri(Uri.parse(this.#root));
      const late = () => new Error(l10n.t('VS Code does not answer'));
      const external = (await inTime(answer, RESOLVE_TIMEOUT, late)).toString(true);
      this.#guard.allowAuthority(new URL(this.#streamUrl(external)).host);
      this.#external = external;
    } catch (error) {
      const reason = reasonOf(error);
      this.#options.log.warn(l10n.t('The panel’s way to the server can’t be found: {0}', reason));
    }
    return this.#streamUrl(this.#external ?? this.#root);
  }

  /** Ends every stream. Resolves when the port is free. Can be called repeatedly. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#server.close();
    this.#clientLog.close();
    const { ports } = this.#options;
    // Another one may have the port already: it was free before the last clients had read to the end.
    if (this.#port && ports.get(this.#port.port) === this.#options) ports.delete(this.#port.port);
  }

  #create(): SseServer {
    const { extension, log, source, turns, onAnswer } = this.#options;
    return new SseServer({
      readPage: () => readFile(Uri.joinPath(extension.extensionUri, 'media', 'page.html').fsPath, 'utf8'),
      source,
      guard: this.#guard,
      turns,
      maxConnections: this.#settings.maxConnections,
      panelToken: this.#token,
      onOpen: (connection) => {
        this.#clientLog.info(l10n.t('Connection from {0} opened', connection.remote));
        this.#reportConnections();
      },
      onClose: (connection) => {
        this.#clientLog.info(describeEnd(connection));
        this.#reportConnections();
      },
      connectionsAdvice: 'The setting sseCounter.maxConnections allows more.',
      onRefuse: (request) => {
        this.#logRefusal(request).catch((error: unknown) => log.error(error));
      },
      onAnswer: (request, answer) => onAnswer?.(request, answer),
      onError: (error) => this.#clientLog.error(error),
    });
  }

  /** Logs a refused request, with secrets masked: an app may have a token in its path or in the text the reason quotes. */
  async #logRefusal({ method, path, status, reason, remote }: RefusedRequest): Promise<void> {
    this.#refusals += 1;
    const number = this.#refusals;
    if (number > MAX_REFUSALS_LOGGED) return;
    // Loaded only when a request is refused.
    const { veiled } = await import('../../../client/request/secrets/secrets');
    if (this.#closed) return;
    const { log } = this.#options;
    log.warn(`${remote} ${method} ${veiled(path)}: ${status} ${veiled(reason)}`);
    if (number === MAX_REFUSALS_LOGGED) log.warn(l10n.t('Further refusals are not logged'));
  }

  #streamUrl(root: string): string {
    return new URL(`event?panel=${this.#token}`, root).href;
  }

  #reportConnections(): void {
    if (this.#closed) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#options.onConnections(this.#server.connectionCount);
    }, CONNECTIONS_DELAY);
  }

  #warnOfOtherPort(port: number, wanted: NonNullable<Listening['instead']>): void {
    const message =
      wanted.code === 'EADDRINUSE'
        ? l10n.t(
            'Port {0} is in use by another program (another VS Code window, perhaps). SSE Counter uses port {1} instead.',
            wanted.port,
            port,
          )
        : l10n.t('The system does not allow port {0}. SSE Counter uses port {1} instead.', wanted.port, port);
    this.#options.log.warn(message);
    warnWithSettings(message, l10n.t('Change Port'), 'sseCounter.port');
  }
}

function portNote(wanted: number, holder: string, port: number): string {
  return l10n.t('Port {0} was in use by the panel “{1}”, so port {2} is used instead.', wanted, holder, port);
}

function describeEnd({ remote, eventsSent, age, wasCutOff }: Connection): string {
  const seconds = (age / 1000).toFixed(1);
  return wasCutOff
    ? l10n.t(
        'Connection from {0} cut off after {1} s, as it did not read; events sent: {2}',
        remote,
        seconds,
        eventsSent,
      )
    : l10n.t('Connection from {0} closed after {1} s, events sent: {2}', remote, seconds, eventsSent);
}
