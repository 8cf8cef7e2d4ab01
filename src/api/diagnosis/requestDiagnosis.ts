import type { Finding } from '../../analysis/findings/finding';
import { findingsOf } from '../../analysis/findings/findings';
import { findingWords } from '../../analysis/findings/findingWords';
import { eventSourceVerdict, type Verdict } from '../../analysis/verdict/eventSourceVerdict';
import { verdictWords } from '../../analysis/verdict/verdictWords';
import { environmentProxy } from '../../client/http/proxy/environmentProxy';
import type { ProbedStream } from '../../client/probe/probedStream';
import type { ProbeLimits } from '../../client/probe/probeLimits';
import { probeStream } from '../../client/probe/probeStream';
import { checkedSentences } from '../../client/probe/probeWords';
import { maskedData } from '../../client/request/secrets/maskedData';
import { inEnglish } from '../../text/translate';
import { attemptSentence } from '../reading/endSentence';
import { ReadingFigures } from '../reading/readingFigures';
import type { ReadyRequest } from '../reading/readyRequest';
import { StreamError } from '../reading/streamError';
import type { DiagnoseOptions, StreamDiagnosis, StreamFinding, StreamVerdict } from './diagnosis';

/**
 * Asks for a stream in several ways, and explains what it does.
 * @param limits of the requests. Default: 10 s and 64 KB each, 30 s in all
 * @throws {StreamError} if there was no response
 */
export async function requestDiagnosis(
  request: ReadyRequest,
  options: DiagnoseOptions,
  limits: Partial<ProbeLimits> = {},
): Promise<StreamDiagnosis> {
  const { origin, compare, second, signal, onProgress } = options;
  const { plain, secret } = request;
  const probed = await probeStream(plain, {
    ...{ origin, second, signal, onProgress, secret, limits },
    compare: compare === undefined ? undefined : String(compare),
    proxyFor: environmentProxy,
  });
  if (!probed.response && probed.end)
    throw new StreamError(failureOf(request, probed), new ReadingFigures().end('network'));
  // In a sentence, texts are cut: what is cut must have its masks by then.
  const masked = <Data>(data: Data) => maskedData(data, secret.values);
  const evidence = masked(probed.evidence);
  const found: Omit<StreamDiagnosis, 'evidence'> = {
    findings: described(masked(findingsOf(probed.evidence))),
    ...(origin !== undefined && { verdict: verdictOf(masked(eventSourceVerdict(probed.evidence, origin))) }),
    checked: checkedSentences(inEnglish, { ...probed, evidence }, origin),
  };
  return { ...masked(found), evidence };
}

function described(findings: readonly Finding[]): StreamFinding[] {
  return findings.map((finding) => {
    const { id, confidence, values } = finding;
    const { text, fixes } = findingWords(inEnglish, finding);
    return { id, confidence, text, fix: fixes, values };
  });
}

function verdictOf(verdict: Verdict): StreamVerdict {
  return { origin: verdict.origin, reads: verdict.reads, ...verdictWords(inEnglish, verdict) };
}

function failureOf(request: ReadyRequest, { end, response }: ProbedStream): string {
  return end ? attemptSentence(request, { end, response, unfinished: false }) : '';
}
