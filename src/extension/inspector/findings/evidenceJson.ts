import type { Evidence } from '../../../analysis/evidence/evidence';
import type { Finding } from '../../../analysis/findings/finding';
import { maskedFindings, maskedInTurns } from '../../../client/evidence/maskedEvidence';
import { maskedData } from '../../../client/request/secrets/maskedData';
import type { Turns } from '../../../turns/turns';

/** Maximum number of chunks and of events of a connection in the copied text, half from its beginning; and of all together. */
const [MAX_ROWS, MAX_ALL_ROWS] = [1000, 3000];
/** Maximum number of headers of all responses together. */
const MAX_HEADERS = 1000;

/**
 * Resolves with evidence as JSON for a bug report.
 * @param url with masks for its secrets @param secrets that the server may have sent back
 */
export async function evidenceJson(
  url: string,
  { evidence, findings }: { evidence: Evidence; findings: readonly Finding[] },
  secrets: readonly string[],
  turns: Turns,
): Promise<string> {
  const count = evidence.connections.length;
  const rows = Math.min(MAX_ROWS, 2 * Math.floor(MAX_ALL_ROWS / count / 2));
  const headers = Math.floor(MAX_HEADERS / count);
  const connections = evidence.connections.map(({ head, chunks, events, ...connection }) => ({
    ...connection,
    ...(head && { head: { ...head, headers: head.headers.slice(0, headers) } }),
    chunks: ends(chunks, rows),
    events: ends(events, rows),
  }));
  const shown = {
    url: maskedData(url, secrets),
    findings: maskedFindings(findings, secrets),
    ...(await maskedInTurns({ ...evidence, connections }, secrets, turns)),
  };
  return JSON.stringify(shown, rounded, 2);
}

/** Returns the first and last rows; their numbers tell that some were left out. */
function ends<Row>(rows: Row[], most: number): Row[] {
  return rows.length <= most ? rows : [...rows.slice(0, most / 2), ...rows.slice(-most / 2)];
}

/** Rounds times to a tenth of a millisecond: the clock is no better. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 10) / 10 : value;
}
