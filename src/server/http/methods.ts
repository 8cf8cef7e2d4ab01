import type { StreamSource } from '../source';
import { READING } from './reply';

/** Returns the method of requests for a source's stream. */
export function streamMethod(source: StreamSource): 'GET' | 'POST' {
  return source.streamMethod ?? 'GET';
}

/** Returns the methods that a path supports; none if there is no such path. */
export function methodsOf(path: string, source: StreamSource): readonly string[] {
  const publish = source.publish ? ['POST'] : [];
  if (path === '/') return READING;
  if (path === '/publish') return publish;
  if (source.control && path === '/connections') return ['GET'];
  if (source.control && (path === '/drop' || path === '/refuse')) return ['POST'];
  if (!isStreamPath(path, source)) return [];
  if (streamMethod(source) === 'POST') return source.route?.resumesByGet ? ['POST', 'GET'] : ['POST'];
  return [...READING, ...publish];
}

/** Whether the stream is on the path. */
export function isStreamPath(path: string, { route }: StreamSource): boolean {
  return path === '/event' || path === route?.path;
}

/** Whether pages of other origins may use the path. */
export function isForPages(path: string, source: StreamSource): boolean {
  return path === '/' || isStreamPath(path, source);
}

/** Returns the methods that pages of other origins may use on the path: they can't publish. */
export function pageMethods(path: string, source: StreamSource): readonly string[] {
  return methodsOf(path, source).filter((method) => method !== 'POST' || streamMethod(source) === 'POST');
}

/** Returns a sentence for a client that has used an unsupported method. */
export function methodAdvice(path: string, source: StreamSource): string {
  const methods = methodsOf(path, source).join(' or ');
  const isAsked = isStreamPath(path, source) && streamMethod(source) === 'POST';
  const asked = source.route?.resumesByGet ? 'POST, GET' : 'POST';
  return `Method not allowed. Use ${methods}${isAsked ? `, as the file says (:@ method ${asked})` : ''}.`;
}
