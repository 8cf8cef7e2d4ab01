import type { Uri } from 'vscode';

/** Maximum number of streams that are remembered; beyond, the one that was saved longest ago is forgotten. */
const MAX_STREAMS = 50;

/** The file to which each stream was saved last, so that the next run can be compared with it. */
export class SavedRuns {
  readonly #files = new Map<string, Uri>();

  /**
   * Notes the file of a run. Returns that of the run before; undefined if there is none, or if this one has replaced it.
   * @param stream what the runs have in common, such as URL and format
   */
  add(stream: string, file: Uri): Uri | undefined {
    const before = this.#files.get(stream);
    // The latest stands last. Of a stream whose file this run replaces, nothing is left to be compared.
    for (const [other, { path }] of this.#files) if (other === stream || path === file.path) this.#files.delete(other);
    this.#files.set(stream, file);
    const [oldest] = this.#files.keys();
    if (this.#files.size > MAX_STREAMS && oldest !== undefined) this.#files.delete(oldest);
    return before?.path === file.path ? undefined : before;
  }
}
