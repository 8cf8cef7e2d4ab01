// `npm run -s cli -- COMMAND …`: builds the command line, silently, and runs it in this process, so that Ctrl-C and the end of
// standard input reach only that.
import { pathToFileURL } from 'node:url';
import { buildNpm } from './build.mjs';

await import(pathToFileURL(await buildNpm({ release: false })).href);
