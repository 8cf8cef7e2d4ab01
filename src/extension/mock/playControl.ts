import type { FromReplayPage } from '../../messages/mock';
import type { Replay } from '../../server/script/scriptSource';

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
