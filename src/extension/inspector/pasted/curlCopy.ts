import { env, l10n } from 'vscode';
import { toCurl } from '../../../client/request/curlCommand';
import { unmask } from '../../../client/request/secrets/secrets';
import { secretVariables } from '../../../client/request/secrets/secretVariables';
import { asSent } from '../../../client/request/streamRequest';
import { listed } from '../../../client/requestNotes';
import type { RequestForm } from '../../../messages/inspector';
import { choose, tellBriefly } from '../../shared/output/tell';
import { userShell } from '../../shared/server/userShell';
import { fromForm } from '../form/requestForm';
import type { RequestSecrets } from '../stored/requestSecrets';

/** Maximum number of variables named to the user. */
const MAX_NAMED = 10;

/**
 * Copies the form's request as a command for the user's shell. If it has secrets, the user chooses whether to include them;
 * if not, variables replace them, and a line at the start sets each to a blank. Resolves with a note for the user; undefined
 * if nothing was copied.
 * @param shown returns the form
 */
export async function copyCurl(shown: () => RequestForm, secrets: RequestSecrets): Promise<string | undefined> {
  // The click may have ended the editing of a field.
  await secrets.settled();
  const form = shown();
  const request = asSent(fromForm(form), form.lastEventId);
  const known = await secrets.of(form);
  const variables = secretVariables(request, known);
  const shell = userShell();
  const blank = toCurl(request, { shell, variables });
  const names = [...variables.values()];
  const named = names.slice(0, MAX_NAMED).join(', ') + (names.length > MAX_NAMED ? ' …' : '');
  const choice = names.length === 0 ? 'without' : await ask(named);
  if (choice === undefined) return undefined;
  await env.clipboard.writeText(choice === 'with' ? toCurl(unmask(request, known), { shell }) : blank);
  tellBriefly(l10n.t('Copied: {0}', blank));
  if (request.bodyFile !== undefined)
    return l10n.t('Copied without the body, which is read from {0}', listed([request.bodyFile]));
  if (names.length === 0) return l10n.t('Copied');
  return choice === 'with' ? l10n.t('Copied with secrets') : l10n.t('Copied. To be filled in: {0}', named);
}

async function ask(names: string): Promise<'with' | 'without' | undefined> {
  const [withSecrets, without] = [l10n.t('Copy with Secrets'), l10n.t('Copy without')];
  const message = l10n.t('Copy the curl command with the secrets of the request?');
  const details = [l10n.t('Without them, it begins with lines to be filled in: {0}.', names)];
  const chosen = await choose(message, details, [without, withSecrets]);
  if (chosen === undefined) return undefined;
  return chosen === withSecrets ? 'with' : 'without';
}
