import type { CurlErrorCode, RequestNote } from '../../../src/client/request/curl';
import type { StreamRequest } from '../../../src/client/request/streamRequest';

type Note = [code: RequestNote['code'], subject: string];

/** A text that people paste, and what is to be read in it. */
export interface PastedForm {
  title: string;
  /** Where it was found: an issue, a page, a file; of a search that names no repository, the search and the file's number. */
  source: string;
  lines: string[];
  /** Whether bash runs it as it is: then bash and curl make the same request of it (test/client/request/sentForms.test.ts). */
  isScript?: boolean;
  /** Values and texts of files that are given for its notes, by their subjects. */
  values?: Record<string, string>;
  files?: Record<string, string>;
  /** Of the text alone. */
  notes?: Note[];
  /** With what is given. */
  request?: StreamRequest;
  /** Placeholders and files that are asked for then. Default: none */
  left?: Note[];
  /** Why there is no request. */
  error?: [code: CurlErrorCode, subject?: string];
}
