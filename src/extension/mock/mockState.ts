import type { FromReplayPage, PlayedConnection, PlayState, RefusedState } from '../../messages/mock';
import type { Played } from '../../server/script/played';
import type { Replay } from '../../server/script/scriptSource';
import { clientName } from './clientName';

/** So many connections are shown. */
const MAX_CONNECTIONS = 200;
/** Of what a client says that it is, so much is shown, in characters. */
const MAX_USER_AGENT = 300;

/** Returns the state of a replay as its page shows it. @param shared what is shown while nothing is played @param refused requests to its server */
export function playState(replay: Replay | undefined, shared: boolean, refused: RefusedState): PlayState {
  if (!replay) return { paused: false, shared, refusals: 0, connections: [], connectionCount: 0, refused };
  const all = [...replay.connections];
  return {
    paused: replay.paused,
    shared: replay.shared,
    refusals: replay.refusals,
    connections: all.slice(0, MAX_CONNECTIONS).map(describe),
    connectionCount: all.length,
    refused,
  };
}

function describe({ id, connection, player }: Played): PlayedConnection {
  const userAgent = connection.userAgent.slice(0, MAX_USER_AGENT);
  return {
    id,
    remote: connection.remote,
    userAgent,
    client: clientName(userAgent),
    event: player.event,
    events: player.script.events,
    since: Math.round(Date.now() - connection.age),
    state: player.state,
  };
}

/** So many requests may be refused at a time. */
export const MAX_REFUSALS = 100;

/** What the page's user wants of what is played. */
export type PlayControl = Exclude<
  FromReplayPage,
  { type: 'ready' | 'ping' | 'command' | 'share' | 'clearRefused' | 'copyCure' }
>;

/** Does with the replay what the page's user wants. */
export function control(replay: Replay, message: PlayControl): void {
  switch (message.type) {
    case 'pause':
      replay.pause(message.paused);
      break;
    case 'restart':
      replay.restart();
      break;
    case 'drop':
      replay.drop(message.id);
      break;
    case 'dropAll':
      replay.dropAll();
      break;
    case 'refuse':
      replay.refuse(Math.min(message.times, MAX_REFUSALS), 'Refused, as was asked for in VS Code.');
  }
}
