import type { EventStreamMock, MockConnection, ServeOptions } from '../api/mock/eventStreamMock';
import { pathOf } from '../server/guard/refusedRequest';
import { quote } from '../server/http/quote';
import { STREAM_PATH } from '../server/oneStream';
import { withCodes } from '../text/foreignText';
import type { Surroundings } from './command';
import { jsonLine } from './lines/eventLines';
import { closedLine, counted, openedLine, refusedLine, stamped } from './lines/logLines';
import { masked } from './lines/masked';
import type { Output } from './process/output';

/** A log of a mock: the handlers that it calls, and the ready line. */
type ServeLog = Required<Pick<ServeOptions, 'onOpen' | 'onClose' | 'onRefuse' | 'onPublish' | 'onRead'>> & {
  onReady(file: string, mock: Pick<EventStreamMock, 'url' | 'port'>): void;
  /** Tells that Redis is gone, or, with undefined, that it is back. */
  onProblem(problem: string | undefined): void;
};

/** Returns a log for people, on standard error; the ready line alone is on standard output. */
export function textLog({ stdout, stderr }: Pick<Surroundings, 'stdout' | 'stderr'>): ServeLog {
  let open = 0;
  const log = (text: string) => stderr.log(withCodes(stamped(text)));
  return {
    onReady: (file, { url }) => void stdout.line(`Serving ${withCodes(file)} on ${url}`),
    onOpen: ({ request, lastEventId }) => {
      open += 1;
      const path = shownPath(request);
      const on = path === STREAM_PATH ? '' : ` on ${quote(path)}`;
      const behind = lastEventId === '' ? '' : ` behind ${quote(masked(lastEventId))}`;
      log(openedLine(request.remote + on + behind, open));
    },
    onClose: (connection) => {
      open -= 1;
      log(closedLine(endOf(connection), open));
    },
    onRefuse: (request) => log(refusedLine({ ...request, path: pathOf(request.url) })),
    onPublish: ({ events, bytes, connections }) =>
      log(`published ${counted(events, 'event')}, ${counted(bytes, 'byte')}, to ${counted(connections, 'connection')}`),
    onProblem: (problem) => log(problem ?? 'Redis is back'),
    onRead: (problem) =>
      log(problem === undefined ? 'read the file again, for new connections' : `kept the file as it was: ${problem}`),
  };
}

/** Returns a log for programs: each line is an object with its `type` first; times in milliseconds. */
export function jsonLog(stdout: Output): ServeLog {
  const log = (type: string, row: object) => stdout.log(jsonLine({ type, ...row }, stdout.isTerminal));
  return {
    onReady: (file, { url, port }) => log('ready', { url, port, file }),
    onOpen: ({ id, since, request, lastEventId, origin = null }) =>
      log('open', {
        ...{ time: since, id, remote: request.remote, path: shownPath(request) },
        ...{ lastEventId: masked(lastEventId), origin },
      }),
    onClose: (connection) => {
      const { age, remote } = endOf(connection);
      const { id, eventsSent, wasCutOff } = connection;
      log('close', { time: Date.now(), id, remote, eventsSent, duration: age, wasCutOff });
    },
    onRefuse: (request) => {
      const { time, remote, method, status, reason, lastEventId, origin = null } = request;
      const shown = { path: shownPath(request), status, reason: masked(reason), lastEventId: masked(lastEventId) };
      log('refuse', { time, remote, method, ...shown, origin });
    },
    onPublish: ({ events, bytes, connections }) => log('publish', { time: Date.now(), events, bytes, connections }),
    onProblem: (problem) => log('redis', { time: Date.now(), problem: problem ?? null }),
    onRead: (problem) => log('read', { time: Date.now(), problem: problem ?? null }),
  };
}

/** Returns the path of a request, with masks. */
function shownPath({ url }: { url: string }): string {
  return masked(pathOf(url));
}

function endOf({ request, since, eventsSent, wasCutOff }: MockConnection) {
  return { remote: request.remote, age: Date.now() - since, eventsSent, wasCutOff };
}
