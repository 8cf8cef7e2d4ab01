// The client of GraphQL over SSE, in distinct connections mode: each operation is a POST whose response is its events.
import { createClient } from 'graphql-sse';
import { expect, test } from 'vitest';
import { briefly, serveMocks } from '../support/clients/clientMocks';
import { longTest } from '../support/time/longRun';

const query = 'subscription { tide { port level } }';

const mocks = serveMocks();

test('graphql-sse iterates over each result until the stream says that it is complete', async () => {
  const client = createClient({ url: `${mocks.root}/graphql`, retryAttempts: 0 });
  const levels: unknown[] = [];
  for await (const { data } of client.iterate({ query })) levels.push(data?.['tide']);
  expect(levels).toEqual([1.2, 1.4, 1.7].map((level) => ({ port: 'Emden', level })));
  expect(briefly(mocks.requests)).toEqual(['POST /graphql 200']);
});

longTest(
  'graphql-sse asks again when its stream is dropped before the first result, and leaves one in the middle',
  async () => {
    const { mock } = mocks;
    const ids = () => mock.connections.map(({ id }) => id);
    mock.pause();
    const client = createClient({ url: `${mocks.root}/graphql`, retry: () => Promise.resolve() });
    const results = client.iterate({ query })[Symbol.asyncIterator]();
    const first = results.next();
    await expect.poll(ids).toHaveLength(1);
    mock.drop();
    await expect.poll(() => [ids().length, mocks.requests.length]).toEqual([1, 2]);
    mock.resume();
    expect((await first).value?.data).toEqual({ tide: { port: 'Emden', level: 1.2 } });
    await results.return?.();
    expect(briefly(mocks.requests)).toEqual(Array(2).fill('POST /graphql 200'));
  },
);
