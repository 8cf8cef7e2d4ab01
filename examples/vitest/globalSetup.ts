import { serveEventStream } from 'sse-counter';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the stream. */
    events: string;
  }
}

/** Serves the orders while the tests run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const mock = await serveEventStream(new URL('../orders.sse', import.meta.url));
  project.provide('events', mock.url);
  return () => mock.close();
}
