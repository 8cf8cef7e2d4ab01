import type { IncomingMessage } from 'node:http';
import { workspace } from 'vscode';
import type { ScriptSource } from '../../server/script/scriptSource';
import type { StreamAnswer } from '../../server/source';
import { type KeptPort, SessionServer } from '../shared/server/sessionServer';
import { mockTitle } from './mockPanel';
import type { MockSessionOptions } from './mockSessionOptions';
import type { PlaySettings } from './mockState';

/** Source and server of a file while it is served. */
export interface Serving {
  source: ScriptSource;
  server: SessionServer;
}

export interface ServingOptions {
  session: MockSessionOptions;
  settings: PlaySettings;
  /** Port that the session had before. Default: the setting's. */
  kept: KeptPort | undefined;
  /** Called when the playback, or the number of connections, has changed. */
  onChange(): void;
  /** Called when so many clients of older versions of the file were dropped. */
  onGiveUp(count: number): void;
  /** Called for each request for the stream, and each that is refused. */
  onAnswer(request: IncomingMessage, answer: StreamAnswer): void;
}

/** Returns the source and the server of a session's file. The server doesn't listen yet. */
export function newServing({ session, settings, kept, onChange, onGiveUp, onAnswer }: ServingOptions): Serving {
  const { file, turns, oldScripts } = session;
  const ignoresHeaders = () => !workspace.isTrusted;
  const source = file.newSource({ turns, oldScripts, onGiveUp, onChange, ignoresHeaders });
  source.speed = settings.speed;
  source.share(settings.shared);
  const title = mockTitle(file.name);
  const server = new SessionServer({ ...session, title, source, kept, onAnswer, onConnections: onChange });
  return { source, server };
}
