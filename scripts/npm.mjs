// `npm pack` and `npm publish` begin with this: builds the npm package's code and types, anew.
import { rm } from 'node:fs/promises';
import { buildNpm } from './build.mjs';
import { writeTypes } from './types.mjs';

await rm('dist/npm', { recursive: true, force: true });
await Promise.all([buildNpm({ release: true }), writeTypes('dist/npm/index.d.ts')]);
