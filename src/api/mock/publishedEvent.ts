import { MAX_SIZE } from '../../server/publish/bodies';
import { publicationOf } from '../../server/publish/publication';
import type { Publication } from '../../server/source';
import { encodeEvent } from '../../stream/encode';
import { reasonOf } from '../../text/reason';
import type { EventToPublish } from './eventStreamMock';

/**
 * Returns an event as a publication.
 * @throws {TypeError} if it is no object, `event` or `id` isn't one line, `id` has NUL, or `data` can't be JSON
 * @throws {RangeError} if it is larger than 1 MB
 */
export function publishedEvent(given: EventToPublish): Publication {
  // Without types, a text instead of an object would be an empty event.
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw new TypeError('An event to publish is an object: { event, id, data }.');
  const { data, event, id, path } = given;
  for (const [name, value] of Object.entries({ event, id, path }))
    if (value !== undefined && typeof value !== 'string')
      throw new TypeError(`The ${name} of an event is a string, not ${typeof value}.`);
  const text = textOf(data);
  const size = [text, event ?? '', id ?? ''].reduce((sum, part) => sum + Buffer.byteLength(part), 0);
  if (size > MAX_SIZE) throw new RangeError(`At most ${MAX_SIZE} bytes can be published at once; these are ${size}.`);
  return publicationOf(Buffer.from(encodeEvent({ data: text, event, id })), id);
}

function textOf(data: unknown): string {
  if (data === undefined) return '';
  if (typeof data === 'string') return data;
  const json = jsonOf(data);
  if (json === undefined) throw new TypeError(`The data of an event can’t be JSON: it is a ${typeof data}.`);
  return json;
}

function jsonOf(data: unknown): string | undefined {
  try {
    return JSON.stringify(data);
  } catch (error) {
    // A cycle, a BigInt, or a toJSON that throws. The message of a cycle has several lines.
    throw new TypeError(`The data of an event can’t be JSON: ${reasonOf(error).split('\n', 1)[0]}.`, { cause: error });
  }
}
