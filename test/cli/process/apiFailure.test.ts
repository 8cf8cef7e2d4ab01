import { expect, test } from 'vitest';
import * as api from '../../../src/api';
import { apiFailure } from '../../../src/cli/process/apiFailure';
import { Failure } from '../../../src/cli/process/failure';
import { RedisAddressError } from '../../../src/server/redis/link/redisAddress';

const CODES = {
  ScriptError: 2,
  RequestError: 2,
  ServeError: 1,
  RedisError: 1,
  StreamError: 1,
  RecordingFileError: 1,
  StreamTimeoutError: 124,
  WaitTimeoutError: 124,
};

test('each error of the API has an exit code', () => {
  expect(
    Object.keys(api)
      .filter((name) => name.endsWith('Error'))
      .sort(),
  ).toEqual(Object.keys(CODES).sort());
});

test.each(Object.entries(CODES))('%s is a failure with exit code %d', (name, code) => {
  const failure = apiFailure(Object.assign(new Error('What happened.'), { name }));
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({ message: 'What happened.', code });
});

test('an address of Redis that can’t be used is wrong usage', () => {
  expect(apiFailure(new RedisAddressError('Not an address.'))).toMatchObject({ message: 'Not an address.', code: 2 });
});

test('any other error is a bug, and stays as it is', () => {
  const bug = new RangeError('x');
  expect([apiFailure(bug), apiFailure('x')]).toEqual([bug, 'x']);
});
