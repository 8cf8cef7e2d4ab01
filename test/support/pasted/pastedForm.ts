import type { CurlErrorCode, RequestNote } from '../../../src/client/request/curl';
import type { StreamRequest } from '../../../src/client/request/streamRequest';

type Note = [code: RequestNote['code'], subject: string];

/** A text that users paste, and the expected result of reading it. */
export interface PastedForm {
  title: string;
  /** Source: an issue, a page or a file; if found by a search that names no repository, the search and the file's number. */
  source: string;
  lines: string[];
  /** Whether bash can run it: bash and curl must then send the same request (test/client/http/sentForms.test.ts). */
  isScript?: boolean;
  /** Values, and contents of files, entered for its notes, by the notes' subjects. */
  values?: Record<string, string>;
  files?: Record<string, string>;
  /** Notes on the text alone. */
  notes?: Note[];
  /** The request, with the entered values. */
  request?: StreamRequest;
  /** Placeholders and files that are still missing then. Default: none. */
  left?: Note[];
  /** The error if there is no request. */
  error?: [code: CurlErrorCode, subject?: string];
}
