// A folder whose files have names that a browser is slow to lay out, as a stranger's repository may.
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FONTLESS, TEXTS } from '../../support/page/hostileServer';
import { LONGEST, watchTasks } from '../../support/page/longTasks';
import { drawn } from '../../support/random/drawn';
import { expect, test } from '../support/fixtures';

/** Maximum size of a name in a folder, in bytes, and of a path that Linux takes. */
const [MAX_NAME, MAX_PATH] = [250, 4000];

/** Returns names of that size, one after the other, made of a text's characters. */
function* namesOf(text: string): Generator<string, never> {
  const characters = [...text.replace(/[/\0\n\r.]/g, '')];
  for (let at = 0; ; ) {
    let name = '';
    for (;;) {
      const next = characters[at % characters.length] ?? 'x';
      if (Buffer.byteLength(name + next) > MAX_NAME - 4) break;
      name += next;
      at += 1;
    }
    yield name;
  }
}

for (const [name, text] of drawn(Object.entries({ directions: TEXTS.directions, ...FONTLESS }), 1))
  test(`two hundred files in folders, all with names of ${name}, are shown without a hang`, async ({ editor }) => {
    const around = await mkdtemp(join(tmpdir(), 'sse-names-'));
    const [root, ready] = [join(around, 'mocks'), join(around, 'ready')];
    const names = namesOf(text);
    let folder = ready;
    for (;;) {
      const inner = join(folder, names.next().value);
      if (Buffer.byteLength(inner) > MAX_PATH - MAX_NAME) break;
      folder = inner;
    }
    await mkdir(folder, { recursive: true });
    await mkdir(root);
    await writeFile(join(root, 'a.sse'), 'data: 1\n\n');
    for (let count = 0; count < 200; count += 1)
      await writeFile(
        join(folder, `${count}${names.next().value.slice(0, -3)}.sse`),
        count % 10 ? 'data: 1\n\n' : ':@ x\n',
      );
    try {
      const page = await (await editor.serveFolder(root)).open();
      await expect(page.locator('#streamRows tr')).toHaveCount(1);
      const longest = await watchTasks(page);
      await rename(ready, join(root, 'b'));
      await expect(page.locator('#streamRows tr')).toHaveCount(181);
      await expect(page.locator('#problems li')).toHaveCount(20);
      expect(await longest()).toBeLessThan(LONGEST);
      await expect(page.locator('#streamRows th').last()).toHaveText(/^\/.{399}…$/);
    } finally {
      await rm(around, { recursive: true });
    }
  });
