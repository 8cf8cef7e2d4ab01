import { l10n, workspace } from 'vscode';
import type { FileState } from '../../../messages/mock';
import type { Script } from '../../../script/script';
import type { FileProblem } from './fileProblem';

/** A file as last read. */
interface ReadFile {
  name: string;
  script: Script | undefined;
  problem: FileProblem | undefined;
}

/** Returns the state of a served file for its page. @param note about the last reading; undefined if there is none */
export function fileState({ name, script, problem }: ReadFile, note?: string): FileState {
  const facts = script && { events: script.events, duration: script.duration, method: script.method };
  const left = script && script.reply.headers.length > 0 && !workspace.isTrusted;
  const said = note ?? (left ? l10n.t('In Restricted Mode, the headers that the file sets are left out.') : undefined);
  return { name, script: facts, problem: problem?.text, hasError: problem && problem.range !== undefined, note: said };
}

/** Returns the message that this many clients of older versions of a file were dropped, in the user's language. */
export function givenUpText(name: string, count: number): string {
  return l10n.t(
    'Old versions of files took too much memory: connections that played one of {0} were closed ({1}). A client that reconnects gets the new version.',
    name,
    count,
  );
}
