import { l10n } from 'vscode';
import { withAssumedScheme } from '../../../client/request/urlText';
import type { RequestForm } from '../../../messages/inspector';
import { BadFormError, fromForm } from '../form/requestForm';
import { notesOn, subjectsOf } from '../form/requestNotes';
import type { RequestSecrets } from '../stored/requestSecrets';
import { BodyFiles, forgottenText } from './bodyFiles';
import type { Pasted } from './pastedRequest';
import { askForValues } from './placeholderValues';
import type { RequestReader } from './requestReader';
import { activeFolder } from './workspaceFile';

export interface PastedFormOptions {
  reader: RequestReader;
  secrets: RequestSecrets;
  /** Shows the form, with masks. @param pasted what is said of it, where it takes the place of all that the page shows */
  show(form: RequestForm, pasted: string | undefined): void;
  /** Says at the form why it isn't sent. @param inFields whether that is to be mended in what can be folded */
  say(reason: string, inFields: boolean): void;
}

/** Maximum number of pasted commands whose files a panel knows. */
const MAX_PASTES = 20;

/** What was pasted into a panel: its placeholders are asked for, and its files are read for each request. */
export class PastedForm {
  readonly #options: PastedFormOptions;
  /** Files of what was pasted, by the names that a form has for them: a paste may be undone. */
  readonly #files = new Map<string, BodyFiles>();
  /** The paste whose questions are open. */
  #asking: Pasted | undefined;
  /** The paste that is being read. */
  #reading: AbortController | undefined;
  /** The form that was shown last for it. */
  #shown: RequestForm | undefined;

  constructor(options: PastedFormOptions) {
    this.#options = options;
  }

  /** Fills in the form with what was pasted into the page. It isn't to be sent before the person connects. */
  async paste(text: string): Promise<void> {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    const { parsed, problem } = await this.#options.reader.read(text, undefined, reading.signal);
    if (reading.signal.aborted) return;
    this.#reading = undefined;
    if (!parsed) return this.#options.say(l10n.t('The given text can’t be used: {0}', problem), false);
    const note = [l10n.t('The form was filled in with what you pasted.'), notesOn(parsed.notes)];
    await this.take({ text, parsed }, activeFolder(), note.filter(Boolean).join(' '));
  }

  /**
   * Shows the request, and asks for the values that it lacks; says why it isn't to be sent yet. Resolves with whether it may be.
   * @param folder of the active editor, when it was pasted @param note as of `show`
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
      // Another was pasted meanwhile, or the form was edited.
      if (this.#asking !== pasted) {
        const isEdited = this.#asking === undefined && values.size > 0;
        if (isEdited) this.#options.say(l10n.t('The values weren’t filled in: the form has been edited since.'), false);
        return false;
      }
      if (given !== pasted && given.parsed) await this.#show(given, values, folder);
      const problem = 'problem' in given ? given.problem : unsent;
      if (problem !== undefined) this.#options.say(problem, true);
      return problem === undefined;
    } finally {
      if (this.#asking === pasted) this.#asking = undefined;
    }
  }

  /** Returns the form, with masks. Where it is another than was shown, as its paste was undone, questions about that end. */
  edited(form: RequestForm): RequestForm {
    const { method, url, headers, body } = this.#shown ?? form;
    const isSame = method === form.method && url === form.url && headers === form.headers && body === form.body;
    if (!isSame) this.#asking = undefined;
    if (this.#reading) {
      this.#reading.abort();
      this.#reading = undefined;
      this.#options.say(l10n.t('The form wasn’t filled in with what you pasted: it has been edited since.'), false);
    }
    return form;
  }

  /**
   * Returns the form with the scheme and the body that it is to be sent with; undefined while the person is being asked about another.
   * @throws {BadFormError} where that isn't to be had, or a question about placeholders is open
   */
  async filled(given: RequestForm): Promise<RequestForm | undefined> {
    const form = { ...given, url: withAssumedScheme(given.url) };
    if (this.#asking)
      throw new BadFormError(l10n.t('Nothing was sent: first answer what is asked about the placeholders.'));
    if (this.#reading) throw new BadFormError(l10n.t('Nothing was sent: what you pasted is still being read.'));
    if (form.bodyFile === undefined) return form;
    // No question names a host that can't be.
    fromForm(form);
    const files = this.#files.get(form.bodyFile);
    if (!files) throw new BadFormError(forgottenText(form.bodyFile));
    const body = await files.body(form);
    return body === undefined ? undefined : { ...form, body };
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

  /** Returns the names by which a form has the files: those of another command are others, though they may be called alike. */
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
