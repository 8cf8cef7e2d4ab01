import type { PathStream, StreamMethod, StreamSource } from '../source';
import { READING } from './reply';

/** Maximum number of streams that a refusal lists, and of letters of their paths, which is as in a message to the user. */
const [MAX_LISTED, MAX_LETTERS] = [20, 1000];

/** Returns the method by which a stream is begun. */
export function streamMethod({ methods }: PathStream): StreamMethod {
  return methods.includes('POST') ? 'POST' : 'GET';
}

/** Returns the methods that a path supports; none if there is no such path. */
export function methodsOf(path: string, source: StreamSource): readonly string[] {
  const publish = source.publish ? ['POST'] : [];
  if (path === '/') return READING;
  if (path === '/publish') return publish;
  if (source.control && path === '/connections') return ['GET'];
  if (source.control && (path === '/drop' || path === '/refuse')) return ['POST'];
  const stream = source.streamOn(path);
  if (!stream) return [];
  return streamMethod(stream) === 'POST' ? stream.methods : [...READING, ...publish];
}

/** Returns the methods that pages of other origins may use on the path: they can't publish. */
export function pageMethods(path: string, source: StreamSource): readonly string[] {
  const stream = source.streamOn(path);
  return methodsOf(path, source).filter((method) => method !== 'POST' || (stream && streamMethod(stream) === 'POST'));
}

/** Returns a sentence for a client that has used an unsupported method. */
export function methodAdvice(path: string, source: StreamSource): string {
  const methods = methodsOf(path, source).join(' or ');
  const stream = source.streamOn(path);
  const isAsked = stream && streamMethod(stream) === 'POST';
  return `Method not allowed. Use ${methods}${isAsked ? `, as the file says (:@ method ${stream.methods.join(', ')})` : ''}.`;
}

/** Returns the first streams, as many as have paths of no more letters together than that: a file in folders has a path of up to 12,000. */
export function firstOf(
  streams: readonly PathStream[],
  letters: number,
  lengthOf = (path: string) => path.length,
): readonly PathStream[] {
  let left = letters;
  const end = streams.findIndex(({ path }) => {
    left -= lengthOf(path);
    return left < 0;
  });
  return end < 0 ? streams : streams.slice(0, end);
}

/** Returns a sentence for a client that has asked for a path that isn't there. */
export function notFound({ main, streams }: StreamSource): string {
  if (main) return `Not found: the stream is on ${main.alias ? `${main.alias} and ` : ''}${main.path}, the page on /.`;
  if (streams.length === 0) return 'Not found: the folder has no stream yet. A file a.sse is on /a.';
  const listed = firstOf(streams.slice(0, MAX_LISTED), MAX_LETTERS).map(
    (one) => `${streamMethod(one) === 'POST' ? 'POST ' : ''}${one.path}`,
  );
  const more = streams.length - listed.length;
  if (listed.length === 0) return 'Not found. The page on / lists the streams.';
  return `Not found. The streams: ${listed.join(', ')}${more > 0 ? `, and ${more} more` : ''}. The page on / lists them.`;
}
