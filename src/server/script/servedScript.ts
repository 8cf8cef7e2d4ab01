import type { Script } from '../../script/script';

/** A script that is served beside others. */
export interface ServedScript {
  /** Its name among them: on one path, they are tried in the order of their names. */
  name: string;
  path: string;
  script: Script;
  /** Response to a POST that doesn't ask for a stream, by `"stream": true` in its JSON. Default: the stream. */
  json?: Uint8Array | undefined;
}
