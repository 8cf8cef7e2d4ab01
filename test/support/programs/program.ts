import { join } from 'node:path';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the programs. */
    programs: string;
  }
}

/** Returns the file of one of our programs that tests start as processes; programs.ts builds them. */
export function program(
  name:
    | 'cli'
    | 'illProcess'
    | 'mockProcess'
    | 'readingProcess'
    | 'recordingProcess'
    | 'resumingClients'
    | 'savingProcess'
    | 'stoppedServer',
): string {
  return join(inject('programs'), `${name}.mjs`);
}
