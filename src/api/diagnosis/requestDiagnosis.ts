import type { Finding } from '../../analysis/findings/finding';
import { findingsOf } from '../../analysis/findings/findings';
import { findingWords } from '../../analysis/findings/findingWords';
import { eventSourceVerdict, type Verdict } from '../../analysis/verdict/eventSourceVerdict';
import { verdictWords } from '../../analysis/verdict/verdictWords';
import { maskedFindings, maskedInTurns } from '../../client/evidence/maskedEvidence';
import { environmentProxy } from '../../client/http/proxy/environmentProxy';
import type { ProbedStream } from '../../client/probe/probedStream';
import type { ProbeLimits } from '../../client/probe/probeLimits';
import { probeStream } from '../../client/probe/probeStream';
import { checkedSentences } from '../../client/probe/probeWords';
import { maskedData } from '../../client/request/secrets/maskedData';
import { secretsOfUrl } from '../../client/request/secrets/secrets';
import { inEnglish } from '../../text/translate';
import { Turns } from '../../turns/turns';
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
  // Those of the other address are no part of the request, but may come back, too.
  const secrets = [...secret.values, ...(compare === undefined ? [] : secretsOfUrl(String(compare)))];
  // Masked before there are sentences: in these, texts are cut, and the other words are ours.
  const evidence = await maskedInTurns(probed.evidence, secrets, new Turns());
  return {
    findings: described(maskedFindings(findingsOf(probed.evidence), secrets)),
    ...(origin !== undefined && { verdict: verdictOf(eventSourceVerdict(probed.evidence, origin), secrets) }),
    checked: checkedSentences(inEnglish, { ...probed, evidence }, origin),
    evidence,
  };
}

function described(findings: readonly Finding[]): StreamFinding[] {
  return findings.map((finding) => {
    const { id, confidence, values } = finding;
    const { text, fixes } = findingWords(inEnglish, finding);
    return { id, confidence, text, fix: fixes, values };
  });
}

function verdictOf({ origin, reads, reasons }: Verdict, secrets: readonly string[]): StreamVerdict {
  const shown = reasons.map((reason) => ({ ...reason, value: maskedData(reason.value, secrets) }));
  return { origin, reads, ...verdictWords(inEnglish, { origin, reads, reasons: shown }) };
}

function failureOf(request: ReadyRequest, { end, response }: ProbedStream): string {
  return end ? attemptSentence(request, { end, response, unfinished: false }) : '';
}
