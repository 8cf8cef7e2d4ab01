// `npm run serve`: builds the stand-alone server and runs it in this process, so that Ctrl-C reaches only the server.
import { pathToFileURL } from 'node:url';
import { buildServe } from './build.mjs';

await import(pathToFileURL(await buildServe()).href);
