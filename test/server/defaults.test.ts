import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { ALLOWED_ORIGINS, MAX_CONNECTIONS, ORIGIN, PORT } from '../../src/server/defaults';

const { properties } = manifest.contributes.configuration;

test('the settings have the ranges and defaults of the options', () => {
  expect(properties['sseCounter.port']).toMatchObject(PORT);
  expect(properties['sseCounter.maxConnections']).toMatchObject(MAX_CONNECTIONS);
  expect(properties['sseCounter.allowedOrigins'].default).toEqual(ALLOWED_ORIGINS);
  expect(new RegExp(properties['sseCounter.allowedOrigins'].items.pattern)).toEqual(ORIGIN);
});
