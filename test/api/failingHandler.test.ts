// A handler of the caller's that throws: the error shows as an uncaught one, and the server goes on.
import { expect, test } from 'vitest';
import { serveMock } from '../support/mock/serveMock';
import { uncaught } from '../support/programs/uncaught';
import { ask, eventually, openStream } from '../support/servers/testServer';

test('an error of a handler is uncaught, and leaves nothing half done', async () => {
  const errors = uncaught();
  const fail = (what: string) => () => {
    throw new Error(what);
  };
  const mock = await serveMock('data: a\n\n', {
    onOpen: fail('open'),
    onRefuse: fail('refuse'),
    onPublish: fail('publish'),
    onClose: fail('close'),
  });
  const stream = await openStream(mock.url);
  await stream.until('data: a\n\n');
  mock.refuseNext();
  expect((await ask(mock.url)).status).toBe(503);
  expect(mock.publish({ data: 'b' })).toBe(1);
  await stream.until('data: b\n\n');
  mock.drop();
  await expect(stream.whole).rejects.toThrow('aborted');
  await eventually(() => errors.length === 4);
  expect(errors).toEqual(['open', 'refuse', 'publish', 'close'].map((what) => new Error(what)));
  await openStream(mock.url);
});
