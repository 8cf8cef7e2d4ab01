import type { Rule } from '../finding';
import { blankType } from './blankType';
import { charset } from './charset';
import { crLf } from './crLf';
import { encoding } from './encoding';
import { failedInside } from './failedInside';
import { escapedNewlines } from './lines/escapedNewlines';
import { ignoredLines } from './lines/ignoredLines';
import { lostLines } from './lines/lostLines';
import { noBlankLine } from './lines/noBlankLine';
import { notTheFormat } from './lines/notTheFormat';
import { withoutData } from './lines/withoutData';
import { namedEvents } from './namedEvents';
import { oddRetry } from './oddRetry';

/** Rules on a stream's text, those first that people meet most. */
export const FORMAT_RULES: readonly Rule[] = [
  noBlankLine,
  lostLines,
  ignoredLines,
  withoutData,
  blankType,
  namedEvents,
  notTheFormat,
  charset,
  encoding,
  escapedNewlines,
  crLf,
  oddRetry,
  failedInside,
];
