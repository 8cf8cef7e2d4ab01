import { expect, test } from 'vitest';
import { StatusBar } from '../../../src/extension/counter/statusBar';
import { fake } from '../../support/vscode/index';

test('the status bar shows port and number of connections until the server stops; a click shows the panel', () => {
  const bar = new StatusBar('http://127.0.0.1:8081/event', 0);
  const item = fake.statusBarItems.at(-1);
  expect(item).toMatchObject({
    text: '$(broadcast) 8081 · 0',
    tooltip: 'SSE Counter on http://127.0.0.1:8081/event, connections: 0. Show the panel.',
    command: 'sseCounter.start',
    name: 'SSE Counter',
    shown: true,
  });
  bar.showConnections(2);
  expect(item).toMatchObject({
    text: '$(broadcast) 8081 · 2',
    // For screen readers, which can't read icons.
    accessibilityInformation: {
      label: 'SSE Counter on http://127.0.0.1:8081/event, connections: 2. Show the panel.',
    },
  });
  bar.dispose();
  expect(item?.shown).toBe(false);
});
