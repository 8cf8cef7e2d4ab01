import type { Evidence } from '../../analysis/evidence/evidence';
import type { StreamRequest } from '../request/streamRequest';
import { firstAndSecond } from './firstAndSecond';
import type { ProbedStream, ProbeOptions } from './probedStream';
import type { ProbeReading } from './probeReading';
import { ProbeRun } from './probeRun';
import { StreamProbes } from './streamProbes';

/**
 * Asks for a stream, and then again in other ways, to find out why it is as it is. Resolves with the evidence, also if there was no
 * response. Only a GET is made again; beside the stream's own request only GET, HEAD and OPTIONS are sent.
 * @throws the reason of the signal; an error of `onProgress`
 */
export async function probeStream(request: StreamRequest, options: ProbeOptions = {}): Promise<ProbedStream> {
  const { second = true } = options;
  const startedAt = Date.now();
  const run = new ProbeRun(options);
  const isGet = request.method === 'GET';
  try {
    const { first, answersSeveral = second } = await firstAndSecond(run, request, isGet && second);
    if (isGet && !second) run.leaveOut('unwanted', 'second');
    if (!isGet) run.leftOut.push({ reason: 'method' });
    else if (first.response || first.end === undefined) {
      const probes = new StreamProbes(request, options, { run, first });
      await probes.all(answersSeveral ? run.limits.atOnce : 1);
    }
    run.check();
    return { ...outcome(run, first), evidence: evidenceOf(run, first, startedAt) };
  } finally {
    run.close();
  }
}

function outcome({ probes, leftOut }: ProbeRun, { response, end }: ProbeReading): Omit<ProbedStream, 'evidence'> {
  return { asked: [...new Set(probes.map(({ kind }) => kind))], leftOut, response, end };
}

function evidenceOf(run: ProbeRun, first: ProbeReading, startedAt: number): Evidence {
  const connection = first.connection(run.origin);
  return {
    startedAt,
    connections: connection ? [connection] : [],
    omitted: 0,
    now: performance.now() - run.origin,
    stalls: run.stalls,
    probes: run.probes,
  };
}
