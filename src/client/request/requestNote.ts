/** What of a pasted text is not in its request, or not as its shell would have it. */
export interface RequestNote {
  /**
   * `ignored`: an option without effect here. `rest`: what stands before the command, or follows it, from `|`, `;`, `&`, `>` or the
   * line's end on. `placeholder`: a value that isn't given stands in the request by its name, as it is written. `file`: the text of a
   * file isn't in the request. `ampersand`: a URL went on behind an `&` that isn't quoted. `doubledQuotes`: `""` was read as a
   * quote, as on Windows, or in PowerShell `\"`. `lostQuotes`: quotes
   * of JSON vanish in the shell, since they stand in quotes of the same kind.
   */
  code: 'ignored' | 'rest' | 'placeholder' | 'file' | 'ampersand' | 'doubledQuotes' | 'lostQuotes';
  /** As it is written; of a file, its path. */
  subject: string;
}
