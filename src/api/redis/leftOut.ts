import type { Script } from '../../script/script';

/** Returns in words what a script says of one connection, and what is no part of the events that are published on a stream. */
export function leftOutOf({ steps, reply, method, resumePoints, numberedPoints }: Script): string[] {
  const counts = new Map<string, number>();
  for (const { kind } of steps) if (kind !== 'send' && kind !== 'loop') counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const { headers, headDelay, path, unknownId, when } = reply;
  const top = {
    'method': method === 'POST',
    'path': path !== undefined,
    'header': headers.length > 0,
    'head': headDelay > 0,
    'unknown-id': unknownId !== 'beginning',
    'when': when.length > 0,
    'ids, since Redis gives them': resumePoints.size > 0 || numberedPoints.length > 0,
  };
  const named = Object.entries(top).filter(([, isThere]) => isThere);
  return [
    ...[...counts].map(([kind, count]) => (count === 1 ? kind : `${kind} (${count} times)`)),
    ...named.map(([name]) => name),
  ];
}
