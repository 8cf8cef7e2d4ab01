import { streamsOf } from '../../evidence/streams';
import type { Rule } from '../finding';

/** Lines that end with CR LF: right, but some clients look for two LF alone (SwiftLM#136). */
export const crLf: Rule = (evidence) => {
  const found = streamsOf(evidence).find(({ text, eventCount }) => text.isCrLf && eventCount > 0);
  return found && { id: 'escaped-newlines', confidence: 'information', variant: 'crlf', values: {} };
};
