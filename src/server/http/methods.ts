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
  if (path !== '/event') return [];
  return streamMethod(source) === 'POST' ? ['POST'] : [...READING, ...publish];
}

/** Whether pages of other origins may use the path. */
export function isForPages(path: string): boolean {
  return path === '/' || path === '/event';
}

/** Returns the methods that pages of other origins may use on the path: they can't publish. */
export function pageMethods(path: string, source: StreamSource): readonly string[] {
  return methodsOf(path, source).filter((method) => method !== 'POST' || streamMethod(source) === 'POST');
}

/** Returns a sentence for a client that has used an unsupported method. */
export function methodAdvice(path: string, source: StreamSource): string {
  const isAsked = path === '/event' && streamMethod(source) === 'POST';
  return `Method not allowed. Use ${methodsOf(path, source).join(' or ')}${isAsked ? ', as the file says (:@ method POST)' : ''}.`;
}
