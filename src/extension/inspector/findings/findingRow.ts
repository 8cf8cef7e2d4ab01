import { l10n } from 'vscode';
import type { Evidence } from '../../../analysis/evidence/evidence';
import type { Finding } from '../../../analysis/findings/finding';
import { findingFacts } from '../../../analysis/findings/findingFacts';
import { findingWords } from '../../../analysis/findings/findingWords';
import type { FindingRow } from '../../../messages/findings';
import { withCodes } from '../../../text/foreignText';

/** Maximum length of a sentence or a fact, in UTF-16 code units. */
const MAX_TEXT = 1000;

/** Returns a finding for the page, in the user's language. */
export function findingRow(key: string, finding: Finding, evidence: Evidence): FindingRow {
  const { text, fixes } = findingWords(l10n.t, finding);
  const facts = findingFacts(l10n.t, finding, evidence);
  return {
    key,
    confidence: finding.confidence,
    sure: sureText(finding),
    text: text.slice(0, MAX_TEXT),
    facts: {
      columns: facts.columns,
      rows: facts.rows.map(({ label, values }) => ({
        label,
        values: values.map((value) => withCodes(value.slice(0, MAX_TEXT))),
      })),
    },
    hasBytes: finding.position !== undefined,
    fixes,
  };
}

function sureText({ confidence }: Finding): string {
  switch (confidence) {
    case 'proven':
      return l10n.t('proven');
    case 'likely':
      return l10n.t('likely');
    case 'hint':
      return l10n.t('hint');
    case 'information':
      return l10n.t('good to know');
  }
}
