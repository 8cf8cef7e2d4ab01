/** A part of a pasted text that isn't in the request, or not as its shell would have it. */
export interface RequestNote {
  /**
   * Kind of note. `ignored`: an option without effect here. `rest`: text before the command, or after it, from `|`, `;`,
   * `&`, `>` or the end of the line on. `placeholder`: the request has the name of a value that isn't given, as it is
   * written. `file`: the text of a file isn't in the request. `ampersand`: a URL continued after an unquoted `&`.
   * `doubledQuotes`: `""` was read as a quote, as on Windows, or `\"` in PowerShell. `lostQuotes`: quotes of JSON vanish
   * in the shell, since they are within quotes of the same kind.
   */
  code: 'ignored' | 'rest' | 'placeholder' | 'file' | 'ampersand' | 'doubledQuotes' | 'lostQuotes';
  /** The part as it is written; for a file, its path. */
  subject: string;
}
