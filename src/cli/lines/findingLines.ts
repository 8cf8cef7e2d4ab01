import type { Confidence, Fix } from '../../analysis/findings/finding';
import type { StreamDiagnosis, StreamFinding, StreamVerdict } from '../../api/diagnosis/diagnosis';
import { plainText } from '../process/plainText';

/** Words for how sure a finding is. */
const SURE: Readonly<Record<Confidence, string>> = {
  proven: 'Proven',
  likely: 'Likely',
  hint: 'Hint',
  information: 'Information',
};

/** Whether a finding is sure enough that something is to be mended. */
export function isSure({ confidence }: StreamFinding): boolean {
  return confidence === 'proven' || confidence === 'likely';
}

/** Returns a diagnosis as lines for people: findings with their fixes, the verdict, and what was checked. */
export function diagnosisLines({ findings, verdict, checked }: StreamDiagnosis): string {
  const title = findings.length === 0 ? 'Nothing found; this was checked:' : 'This was checked:';
  const paragraphs = [
    ...findings.map(findingLines),
    ...(verdict ? [verdictLines(verdict)] : []),
    [title, ...checked.map((sentence) => `- ${sentence}`)],
  ];
  return plainText(paragraphs.map((lines) => lines.join('\n')).join('\n\n'));
}

function findingLines({ confidence, text, fix }: StreamFinding): string[] {
  return [`${SURE[confidence]}: ${text}`, ...fix.flatMap(fixLines)];
}

function fixLines({ for: server, text, code = '' }: Fix): string[] {
  const lines = code === '' ? [] : code.split('\n');
  return [`- ${server === undefined ? '' : `${server}: `}${text}`, ...lines.map((line) => `      ${line}`.trimEnd())];
}

function verdictLines({ text, reasons }: StreamVerdict): string[] {
  return [text, ...reasons.map((reason) => `- ${reason}`)];
}
