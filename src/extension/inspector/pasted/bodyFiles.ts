import { l10n } from 'vscode';
import { originOf } from '../../../client/request/secrets/secrets';
import type { StreamRequest } from '../../../client/request/streamRequest';
import { listed } from '../../../client/requestNotes';
import type { RequestForm } from '../../../messages/inspector';
import { answered, NoAnswerError } from '../../shared/file/answered';
import { confirm } from '../../shared/output/tell';
import { BadFormError } from '../form/requestForm';
import type { RequestReader } from './requestReader';
import { readWorkspaceFile, unreadable, type WorkspaceFile } from './workspaceFile';

/** Maximum number of files for a body, because the user is asked about each. */
const MAX_FILES = 20;
/** Maximum length of a path in a question, in characters, so that the host after it stays visible. */
const MAX_PATH = 400;

export interface BodyFilesOptions {
  reader: RequestReader;
  /** Command that names the files. */
  text: string;
  /** Values of its placeholders. */
  values: ReadonlyMap<string, string>;
  /** Request of the command with these values, without the texts of the files. */
  request: StreamRequest;
  /** Paths as written in the command. */
  paths: readonly string[];
  /** Folder in which a relative path is looked up first. */
  folder: string | undefined;
}

/**
 * Files that a pasted command's body is read from. They are read anew for each request, and stored only in memory. Their
 * content is sent to a host only after the user has agreed, and again for another host or when the files have changed.
 */
export class BodyFiles {
  /** Names as in a form. */
  readonly names: string;
  readonly #options: BodyFilesOptions;
  #allowed = '';
  #isAsking = false;

  constructor(options: BodyFilesOptions) {
    this.#options = options;
    this.names = options.paths.join(', ');
  }

  /** Command that names the files. */
  get text(): string {
    return this.#options.text;
  }

  /**
   * Returns the body for the form's request; undefined while the user is being asked about another one.
   * @throws {BadFormError} if a file can't be read, or the user doesn't allow to send it
   */
  async body({ url }: Pick<RequestForm, 'url'>): Promise<string | undefined> {
    if (this.#isAsking) return undefined;
    this.#isAsking = true;
    try {
      this.#refuseElsewhere(originOf(url));
      const files = await this.#read();
      await this.#ask([...files.values()], originOf(url));
      return await this.#made(files);
    } finally {
      this.#isAsking = false;
    }
  }

  /** Throws for another origin if the body has more than files: that part isn't visible, and may contain a secret. */
  #refuseElsewhere(origin: string): void {
    const { url, body = '' } = this.#options.request;
    if (/^&*$/.test(body) || originOf(url) === origin) return;
    throw new BadFormError(
      l10n.t(
        'Nothing was sent: the body has more than a file, and was pasted for {0}. Paste the command with the new address.',
        originOf(url),
      ),
    );
  }

  async #read(): Promise<Map<string, WorkspaceFile>> {
    const { paths, folder } = this.#options;
    if (paths.length > MAX_FILES)
      throw new BadFormError(
        l10n.t('Nothing was sent: no more than {0} files are read for one request. Name fewer.', MAX_FILES),
      );
    const files = new Map<string, WorkspaceFile>();
    for (const path of paths) {
      const file = answered(readWorkspaceFile(path, folder)).catch((error: unknown) => {
        throw error instanceof NoAnswerError ? unreadable(error, shortened(path)) : error;
      });
      files.set(path, await file);
    }
    return files;
  }

  async #ask(files: readonly WorkspaceFile[], origin: string): Promise<void> {
    const asked = JSON.stringify([origin, files]);
    if (asked === this.#allowed) return;
    const host = origin.replace(/^https?:\/\//, '');
    for (const { path, size } of files) {
      const question = l10n.t('Send the file {0} ({1}) to {2}?', shortened(path), sizeText(size), host);
      if (!(await confirm(question, [], l10n.t('Send to {0}', host))))
        throw new BadFormError(
          l10n.t(
            'Nothing was sent: you didn’t allow the file {0} to go to {1}. Connect asks again.',
            shortened(path),
            host,
          ),
        );
    }
    this.#allowed = asked;
  }

  async #made(files: ReadonlyMap<string, WorkspaceFile>): Promise<string> {
    const { reader, text, values, request } = this.#options;
    const texts = new Map([...files].map(([path, file]) => [path, file.text]));
    const after = await reader.read(text, { values, files: texts });
    if (after.parsed === undefined) throw new BadFormError(after.problem);
    const { url, headers, body } = after.parsed.request;
    // The file's content would be shown in the form, and stored.
    if (url !== request.url || JSON.stringify(headers) !== JSON.stringify(request.headers))
      throw new BadFormError(
        l10n.t(
          'Nothing was sent: a file can be the body of a request, and no part of its URL or headers. Write its text there, and remove the file.',
        ),
      );
    return body ?? '';
  }
}

/** Returns the message that a form can't be sent because its files are no longer known. @param names see `BodyFiles` */
export function forgottenText(names: string): string {
  return l10n.t(
    'Nothing was sent: the body is the text of {0}, which is not remembered. Paste the command again, or write a body in its place.',
    listed([names]),
  );
}

function shortened(path: string): string {
  return path.length > MAX_PATH ? `${path.slice(0, MAX_PATH / 2)}…${path.slice(-MAX_PATH / 2)}` : path;
}

function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
