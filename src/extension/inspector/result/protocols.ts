import { ASSEMBLED, isAssembled } from '../../../analysis/protocols/model/protocol';
import type { ProtocolChoice } from '../../../messages/results';

/** Protocols that the user can choose by name; a JSON path has to be given, too. */
export const PROTOCOLS: readonly Exclude<ProtocolChoice, 'auto' | 'off' | 'path'>[] = Object.keys(ASSEMBLED)
  .filter(isAssembled)
  .filter((id) => id !== 'path');
