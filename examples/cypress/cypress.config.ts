import { defineConfig } from 'cypress';
import { type EventStreamMock, type EventToPublish, serveEventStream } from 'sse-counter';

export default defineConfig({
  e2e: {
    baseUrl: 'http://localhost:5173',
    supportFile: false,
    specPattern: '*.cy.ts',
    setupNodeEvents(on) {
      let mock: EventStreamMock | undefined;
      on('task', {
        /** Serves a script in place of the previous one. Returns the stream's URL. */
        async serve(text: string) {
          await mock?.close();
          mock = await serveEventStream({ text });
          return mock.url;
        },
        /** Waits for the next connection. Returns its Last-Event-ID. */
        connection: async () => (await mock?.connection())?.lastEventId ?? null,
        publish: (event: EventToPublish) => mock?.publish(event) ?? null,
        drop: () => {
          mock?.drop();
          return null;
        },
      });
      on('after:run', () => mock?.close());
    },
  },
});
