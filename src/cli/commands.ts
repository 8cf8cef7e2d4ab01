import type { Command } from './command';

/** The commands by name, each with a line of help; a command is loaded when it is run. */
export const COMMANDS: Readonly<Record<string, { summary: string; load: () => Promise<Command> }>> = {
  count: {
    summary: 'counts once a second, as the article’s server does',
    load: async () => (await import('./count')).count,
  },
  serve: {
    summary: 'serves a .sse file, or a Redis stream, to any client of event streams',
    load: async () => (await import('./serve')).serve,
  },
  play: {
    summary: 'plays a .sse file into a Redis stream, which any number of servers send',
    load: async () => (await import('./play')).play,
  },
  read: {
    summary: 'reads a stream, an event a line',
    load: async () => (await import('./read')).read,
  },
  record: {
    summary: 'records a stream to a .sse file',
    load: async () => (await import('./record')).record,
  },
  diagnose: {
    summary: 'says why a stream is late, cut or refused, and what to do',
    load: async () => (await import('./diagnose')).diagnose,
  },
  check: {
    summary: 'checks .sse files',
    load: async () => (await import('./check')).check,
  },
};
