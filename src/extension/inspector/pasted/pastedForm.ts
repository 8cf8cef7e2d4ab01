import { env, l10n } from 'vscode';
import { MAX_TEXT } from '../../../client/request/requestLimits';
import { withAssumedScheme } from '../../../client/request/urlText';
import { notesOn, subjectsOf } from '../../../client/requestNotes';
import type { RequestForm } from '../../../messages/inspector';
import { BadFormError, fromForm } from '../form/requestForm';
import type { RequestSecrets } from '../stored/requestSecrets';
import { BodyFiles, forgottenText } from './bodyFiles';
import type { Pasted } from './pastedRequest';
import { askForValues } from './placeholderValues';
import type { RequestReader } from './requestReader';
import { activeFolder } from './workspaceFile';

export interface PastedFormOptions {
  reader: RequestReader;
  secrets: RequestSecrets;
  /** Shows the form, with masks. @param pasted note about the paste, if the form replaces everything that the page shows */
  show(form: RequestForm, pasted: string | undefined): void;
  /** Shows at the form why it isn't sent. @param inFields whether the field to be changed is in the collapsible part */
  showProblem(reason: string, inFields: boolean): void;
}

/** Maximum number of pasted commands per panel whose files are kept. */
const MAX_PASTES = 20;

/** Handles text pasted into a panel: asks for its placeholders' values, and reads its files for each request. */
export class PastedForm {
  readonly #options: PastedFormOptions;
  /** Files of pasted commands, by their names in a form: a paste may be undone. */
  readonly #files = new Map<string, BodyFiles>();
  /** Paste with open questions. */
  #asking: Pasted | undefined;
  /** Aborts the reading of a paste. */
  #reading: AbortController | undefined;
  /** Form that was shown last for a paste. */
  #shown: RequestForm | undefined;

  constructor(options: PastedFormOptions) {
    this.#options = options;
  }

  /** Fills in the form from pasted text. Nothing is sent until the user connects. @param given default: the clipboard's text */
  async paste(given?: string): Promise<void> {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    // A longer text is read no further than to be reported as too long.
    const text = given ?? (await env.clipboard.readText()).slice(0, MAX_TEXT + 1);
    const { parsed, problem } = await this.#options.reader.read(text, undefined, reading.signal);
    if (reading.signal.aborted) return;
    this.#reading = undefined;
    if (!parsed) return this.#options.showProblem(l10n.t('The given text can’t be used: {0}', problem), false);
    const note = [l10n.t('The form was filled in from the pasted text.'), notesOn(l10n.t, parsed.notes)];
    await this.take({ text, parsed }, activeFolder(), note.filter(Boolean).join(' '));
  }

  /**
   * Shows the request, and asks for its missing values, or reports why it can't be sent yet. Resolves with whether it can.
   * @param folder of the active editor at the time of the paste @param note see `show`
   */
  async take(pasted: Pasted, folder: string | undefined, note?: string): Promise<boolean> {
    const { reader } = this.#options;
    this.#asking = pasted;
    try {
      await this.#show(pasted, new Map(), folder, note);
      const names = subjectsOf(pasted.parsed.notes, 'placeholder');
      if (names.length === 0) return true;
      const { values, unsent } = await askForValues(pasted, names, { reader, isSent: note === undefined });
      const given = values.size === 0 ? pasted : await reader.read(pasted.text, { values });
      // Something else was pasted meanwhile, or the form was edited.
      if (this.#asking !== pasted) {
        const isEdited = this.#asking === undefined && values.size > 0;
        if (isEdited)
          this.#options.showProblem(l10n.t('The values weren’t filled in: the form has been edited since.'), false);
        return false;
      }
      if (given !== pasted && given.parsed) await this.#show(given, values, folder);
      const problem = 'problem' in given ? given.problem : unsent;
      if (problem !== undefined) this.#options.showProblem(problem, true);
      return problem === undefined;
    } finally {
      if (this.#asking === pasted) this.#asking = undefined;
    }
  }

  /** Handles an edited form, with masks, and returns it. If its paste was undone, questions about that end. */
  edited(form: RequestForm): RequestForm {
    const { method, url, headers, body } = this.#shown ?? form;
    const isSame = method === form.method && url === form.url && headers === form.headers && body === form.body;
    if (!isSame) this.#asking = undefined;
    if (this.#reading) {
      this.#reading.abort();
      this.#reading = undefined;
      this.#options.showProblem(
        l10n.t('The form wasn’t filled in from the pasted text: it has been edited since.'),
        false,
      );
    }
    return form;
  }

  /**
   * Returns the form with the scheme and body to be sent; undefined while the user is being asked about another request.
   * @throws {BadFormError} if these aren't available, or a question about placeholders is open
   */
  async filled(given: RequestForm): Promise<RequestForm | undefined> {
    const form = { ...given, url: withAssumedScheme(given.url) };
    if (this.#asking)
      throw new BadFormError(l10n.t('Nothing was sent: first answer what is asked about the placeholders.'));
    if (this.#reading) throw new BadFormError(l10n.t('Nothing was sent: the pasted text is still being read.'));
    if (form.bodyFile === undefined) return form;
    // Validated first, so that no question names an impossible host.
    fromForm(form);
    const files = this.#files.get(form.bodyFile);
    if (!files) throw new BadFormError(forgottenText(form.bodyFile));
    const body = await files.body(form);
    return body === undefined ? undefined : { ...form, body };
  }

  /** Gives up reading a paste. Can be called repeatedly. */
  close(): void {
    this.#reading?.abort();
  }

  async #show(
    { text, parsed }: Pasted,
    values: ReadonlyMap<string, string>,
    folder: string | undefined,
    note?: string,
  ): Promise<void> {
    const paths = subjectsOf(parsed.notes, 'file');
    const { request } = parsed;
    const { reader } = this.#options;
    const bodyFile =
      paths.length === 0 ? undefined : this.#keep(new BodyFiles({ reader, text, values, request, paths, folder }));
    const form = await this.#options.secrets.pasted(bodyFile === undefined ? request : { ...request, bodyFile });
    this.#shown = form;
    this.#options.show(form, note);
  }

  /** Returns the files' names in a form; a number distinguishes them from equally named files of another command. */
  #keep(files: BodyFiles): string {
    let { names } = files;
    for (let number = 2; ![undefined, files.text].includes(this.#files.get(names)?.text); number += 1)
      names = `${files.names} (${number})`;
    this.#files.delete(names);
    const [oldest] = this.#files.keys();
    if (oldest !== undefined && this.#files.size >= MAX_PASTES) this.#files.delete(oldest);
    this.#files.set(names, files);
    return names;
  }
}
