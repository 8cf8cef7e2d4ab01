import type { Rule } from '../finding';
import { cors } from './cors';
import { forbiddenInHttp2 } from './forbiddenInHttp2';
import { needsItsCookie } from './needsItsCookie';
import { notForEventSource } from './notForEventSource';
import { oneOfSix } from './oneOfSix';
import { preflight } from './preflight';
import { sentElsewhere } from './sentElsewhere';
import { toldToStop } from './toldToStop';
import { wrongStatus } from './wrongStatus';
import { wrongType } from './wrongType';

/** Rules on what a browser refuses; a redirect stands before what it led to, which it explains. */
export const REFUSED_RULES: readonly Rule[] = [
  sentElsewhere,
  wrongType,
  wrongStatus,
  toldToStop,
  needsItsCookie,
  cors,
  preflight,
  notForEventSource,
  forbiddenInHttp2,
  oneOfSix,
];
