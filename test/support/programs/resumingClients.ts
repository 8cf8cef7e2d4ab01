// Clients of another library, in a process of their own: `node resumingClients.mjs ROOT COUNT PATHS`. They read `ROOT/hot/0` and so
// on, come again after each drop, and check that each event comes once, in order: ids from 1, data `PATH VERSION ID`, of a
// version that is never an older one. On any message, the process tells what they got and what was wrong, and ends them.
import { EventSource } from 'eventsource';

const [, , root = '', count = '', paths = ''] = process.argv;
const MAX_WRONG = 20;

let [opened, events] = [0, 0];
const wrong: string[] = [];

class Client {
  readonly #source: EventSource;
  readonly #path: string;
  #id = 0;
  #version = 0;

  constructor(number: number) {
    this.#path = `hot/${number % Number(paths)}`;
    this.#source = new EventSource(`${root}${this.#path}`);
    this.#source.addEventListener('open', () => {
      opened += 1;
    });
    this.#source.addEventListener('message', ({ data, lastEventId }) => this.#take(data, lastEventId));
    this.#source.addEventListener('error', ({ code, message }) => {
      if (this.#source.readyState === EventSource.CLOSED) this.#tell(`gave up: ${code} ${message}`);
    });
  }

  get id(): number {
    return this.#id;
  }

  close(): void {
    this.#source.close();
  }

  #take(data: string, id: string): void {
    const [path, version, number] = data.split(' ');
    const isNext = path === this.#path && number === id && Number(id) === this.#id + 1;
    if (!isNext || Number(version) < this.#version)
      this.#tell(`got ${id}, ${data} after ${this.#id} of ${this.#version}`);
    [this.#id, this.#version] = [Number(id), Number(version)];
    events += 1;
  }

  #tell(what: string): void {
    if (wrong.length < MAX_WRONG) wrong.push(`${this.#path} ${what}`);
  }
}

const clients = Array.from({ length: Number(count) }, (_, number) => new Client(number));
process.on('message', () => {
  process.send?.({ opened, events, least: Math.min(...clients.map(({ id }) => id)), wrong });
  for (const client of clients) client.close();
});
