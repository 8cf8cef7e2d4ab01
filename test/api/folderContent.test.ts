import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FolderContent } from '../../src/api/mock/folderContent';
import { ScriptPath } from '../../src/server/script/scriptPath';
import { Turns } from '../../src/turns/turns';
import { eventually } from '../support/servers/testServer';
import { memory } from '../support/time/memory';

test('a file that was saved again doesn’t stay in memory as it was first read', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sse-content-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'a.sse'), 'data: first\n\n');
  const turns = new Turns();
  const content = await FolderContent.read(folder, turns, true);
  const source = content.newSource({ turns, onChange: () => undefined });
  const watch = content.watch(source, () => undefined);
  onTestFinished(() => watch.close());
  const script = () => {
    const path = source.streamOn('/a');
    return path instanceof ScriptPath ? path.streams[0]?.script : undefined;
  };
  const first = new WeakRef(script() ?? expect.fail());
  await writeFile(join(folder, 'a.sse'), 'data: second, which is longer\n\n');
  await eventually(() => {
    memory();
    return first.deref() === undefined;
  });
  expect(script()?.events).toBe(1);
}, 20_000);
