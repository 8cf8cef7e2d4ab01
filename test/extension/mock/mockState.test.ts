import { expect, test } from 'vitest';
import { playState } from '../../../src/extension/mock/mockState';
import type { ScriptSource } from '../../../src/server/script/scriptSource';

test('of a path and a User-Agent of a connection, 300 characters are shown', () => {
  const played = {
    id: 1,
    connection: { userAgent: 'y'.repeat(400), remote: '127.0.0.1:5', age: 0 },
    opened: { path: `/${'x'.repeat(400)}` },
    player: { event: 0, script: { events: 1 }, state: 'playing' },
  };
  const source = { connections: [played] } as unknown as ScriptSource;
  const [shown] = playState(source, { shared: false, speed: 1 }).connections;
  expect([shown?.path.length, shown?.userAgent.length]).toEqual([300, 300]);
});
