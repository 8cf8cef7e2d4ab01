import type { FromMockPage, PlayedConnection, PlayState } from '../../messages/mock';
import { publicationOf } from '../../server/publish/publication';
import type { Played } from '../../server/script/played';
import type { ScriptSource } from '../../server/script/scriptSource';
import { encodeEvent } from '../../stream/encode';
import { clientName } from './requests/clientName';

/** Maximum number of connections shown. */
const MAX_CONNECTIONS = 200;
/** Maximum length of a path that is shown, in characters. */
const MAX_SHOWN_PATH = 300;
/** Maximum length of a User-Agent that is shown, in characters. */
const MAX_USER_AGENT = 300;

/** Speeds that the page offers. */
export const SPEEDS = [0.25, 0.5, 1, 2, 5, 10, 100] as const;

/** Settings of the playback that stay when the server is stopped, and over a reload of the window. */
export interface PlaySettings {
  shared: boolean;
  speed: number;
}

/** Returns the state of a source as its page shows it. @param settings shown while nothing is played */
export function playState(source: ScriptSource | undefined, settings: PlaySettings): PlayState {
  const { shared, speed } = settings;
  if (!source) return { paused: false, shared, speed, refusals: 0, connections: [], connectionCount: 0 };
  const all = [...source.connections];
  return {
    paused: source.paused,
    shared: source.shared,
    speed: source.speed,
    refusals: source.refusals,
    connections: all.slice(0, MAX_CONNECTIONS).map(describe),
    connectionCount: all.length,
  };
}

function describe({ id, connection, opened, player }: Played): PlayedConnection {
  const userAgent = connection.userAgent.slice(0, MAX_USER_AGENT);
  return {
    id,
    remote: connection.remote,
    path: opened.path.slice(0, MAX_SHOWN_PATH),
    userAgent,
    client: clientName(userAgent),
    event: player.event,
    events: player.script.events,
    since: Math.round(Date.now() - connection.age),
    state: player.state,
  };
}

/** Maximum number of requests that can be set to be refused. */
export const MAX_REFUSALS = 100;

/** Maximum length of the type and the id of an event that the page publishes, and of its data, in UTF-16 code units. */
export const MAX_FIELD = 100;
export const MAX_PUBLISHED = 4000;

/** Messages of the page that control the source. */
export type PlayControl = Exclude<
  FromMockPage,
  {
    type:
      | 'ready'
      | 'ping'
      | 'command'
      | 'share'
      | 'speed'
      | 'filterRequests'
      | 'clearRequests'
      | 'copyCure'
      | 'stream'
      | 'publish';
  }
>;

/** Applies a message of the page to the source. */
export function control(source: ScriptSource, message: PlayControl): void {
  switch (message.type) {
    case 'pause':
      source.pause(message.paused);
      break;
    case 'restart':
      source.restart();
      break;
    case 'drop':
      source.control.drop(message.id);
      break;
    case 'dropAll':
      void source.control.dropAll();
      break;
    case 'refuse':
      source.refuse(Math.min(message.times, MAX_REFUSALS), 'Refused, as was asked for in VS Code.');
  }
}

/** Publishes an event. @returns the number of its recipients; undefined if too much is queued for clients already */
export function publish(
  source: ScriptSource,
  { event, id, data, path }: Extract<FromMockPage, { type: 'publish' }>,
): number | undefined {
  const given = { data, event: event || undefined, id: id || undefined };
  const stream = path === undefined ? undefined : source.streamOn(path);
  // Its file has gone meanwhile.
  if (path !== undefined && !stream) return 0;
  return source.publish(publicationOf(Buffer.from(encodeEvent(given)), given.id), stream);
}
