// A folder whose files are saved all the time, with many clients of another library, which come again after each drop.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { serveEventStream } from '../../src/api';
import { program } from '../support/programs/program';
import { isLong } from '../support/random/drawn';
import { seeded } from '../support/random/random';
import { eventually } from '../support/servers/testServer';
import { memory } from '../support/time/memory';

const [FILES, CLIENTS, PATHS] = isLong ? [300, 500, 20] : [60, 100, 20];
/** Time in which files are saved, between two events of a file, and between two saves, in milliseconds. */
const [SAVED_FOR, EVENT_EVERY] = isLong ? [60_000, 200] : [3000, 50];
const SAVED_EVERY = 100;
/** Maximum growth of the memory between warm-up and end, in bytes. */
const MAX_GROWTH = 10 * 1024 * 1024;

interface Told {
  opened: number;
  events: number;
  /** Last id of the client that has got the fewest. */
  least: number;
  wrong: string[];
}

/** Returns a file of 500 events: more than a run takes. The connection drops in the middle of some of them, others in each version. */
function fileOf(path: string, version: number): string {
  const event = (id: number) => {
    const drops = (id * 7 + version) % 13 === 0 ? ':@ drop\n' : '';
    return `:@ wait ${EVENT_EVERY}ms\nid: ${id}\n${drops}data: ${path} ${version} ${id}\n\n`;
  };
  return `retry: 20\n\n${Array.from({ length: 500 }, (_, at) => event(at + 1)).join('')}`;
}

/** Files of a folder, as a person and their tools save them. */
class SavedFiles {
  readonly folder: string;
  readonly #random = seeded(7);
  #version = 1;

  constructor(folder: string) {
    this.folder = folder;
  }

  async create(): Promise<void> {
    await Promise.all(['hot', 'cold/in'].map((name) => mkdir(join(this.folder, name), { recursive: true })));
    for (let at = 0; at < FILES; at += 1) await writeFile(this.#file(at), fileOf(nameOf(at), 1));
  }

  /** Saves a file: in place, or by replacing it; some with an error in it, and others are removed, or come again. */
  async saveOne(): Promise<void> {
    this.#version += 1;
    const isHot = this.#random() < 0.5;
    const at = Math.floor(isHot ? this.#random() * PATHS : PATHS + this.#random() * (FILES - PATHS));
    const text = fileOf(nameOf(at), this.#version);
    const way = this.#random();
    if (way < 0.2) await writeFile(this.#file(at), `:@ sleep\n${text}`);
    else if (way < 0.4 && !isHot) await rm(this.#file(at), { force: true });
    else {
      await writeFile(`${this.#file(at)}.new`, text);
      await rename(`${this.#file(at)}.new`, this.#file(at));
    }
  }

  #file(at: number): string {
    return join(this.folder, `${nameOf(at)}.sse`);
  }
}

function nameOf(at: number): string {
  return at < PATHS ? `hot/${at}` : `cold/in/${at}`;
}

/** Open sockets, timers and watches of this process. */
const handles = () => process.getActiveResourcesInfo().filter((kind) => /TCP|Timeout|FSEvent/.test(kind)).length;

test(`${CLIENTS} clients of a folder of ${FILES} files get each event once, while files are saved ten times a second`, async () => {
  const before = handles();
  const folder = await mkdtemp(join(tmpdir(), 'sse-saved-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const files = new SavedFiles(folder);
  await files.create();
  const read: (string | undefined)[] = [];
  const mock = await serveEventStream(folder, { watch: true, onRead: (problem) => read.push(problem) });
  onTestFinished(() => mock.close());
  const clients = fork(program('resumingClients'), [mock.url, String(CLIENTS), String(PATHS)]);
  onTestFinished(() => void clients.kill('SIGKILL'));
  await eventually(() => mock.connections.length === CLIENTS);
  const save = async (time: number) => {
    for (const end = performance.now() + time; performance.now() < end; ) {
      await files.saveOne();
      await after(SAVED_EVERY);
    }
  };
  await save(SAVED_FOR / 3);
  const warm = memory();
  await save(SAVED_FOR);
  const growth = memory() - warm;
  clients.send('tell');
  const [told] = (await once(clients, 'message')) as [Told];
  console.log(
    `${told.events} events on ${told.opened} connections, ${read.length} readings, memory ${(growth / 2 ** 20).toFixed(1)} MB more`,
  );
  expect(told.wrong).toEqual([]);
  // Each has come again more than once, and read what was saved meanwhile.
  expect(told.opened).toBeGreaterThan(3 * CLIENTS);
  expect(told.least).toBeGreaterThan(10);
  expect(growth).toBeLessThan(MAX_GROWTH);
  await eventually(() => mock.connections.length === 0);
  await mock.close();
  await eventually(() => handles() <= before);
});
