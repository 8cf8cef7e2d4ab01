import { l10n } from 'vscode';
import type { ParsedRequest } from '../../../client/request/curl';
import { isSecretName } from '../../../client/request/secrets/scan/secretNames';
import { mask } from '../../../client/request/secrets/secrets';
import type { StreamRequest } from '../../../client/request/streamRequest';
import { listed } from '../../../client/requestNotes';
import { askForText, pickOne } from '../../shared/output/tell';
import type { Pasted } from './pastedRequest';
import type { RequestReader } from './requestReader';

/** Maximum number of placeholders whose values are asked for one by one: nobody enters more in a row. */
const MAX_ASKED = 20;
/** Maximum length of a value, in UTF-16 code units: no header takes more. */
const MAX_VALUE = 64 * 1024;
/** Stands in for a value to find out whether it is in the place of a secret. Doesn't look like a secret itself. */
const PROBE = 'probe';

/** Values that the user has entered for placeholders. */
export interface GivenValues {
  values: ReadonlyMap<string, string>;
  /** Reason why the request can't be sent yet, in the user's language; undefined if it can. */
  unsent?: string | undefined;
}

/**
 * Asks for the values of the placeholders, or whether the request stays as it is.
 * @param names from the notes on the text @param options `isSent`: whether the request is sent after that
 */
export async function askForValues(
  pasted: Pasted,
  names: readonly string[],
  { reader, isSent }: { reader: RequestReader; isSent: boolean },
): Promise<GivenValues> {
  if (names.length > MAX_ASKED) return { values: new Map(), unsent: tooManyText(names.length) };
  const one = names.length === 1;
  const give = { label: one ? l10n.t('Give Its Value…') : l10n.t('Give Their Values…') };
  const send = { label: isSent ? l10n.t('Send as It Is') : l10n.t('Leave as It Is') };
  const text = listed(names);
  const title = one
    ? l10n.t('The request has a placeholder: {0}', text)
    : l10n.t('The request has placeholders: {0}', text);
  const picked = await pickOne([give, send], { title, stays: true });
  if (picked === send) return { values: new Map() };
  const values = picked === give ? await valuesOf(pasted, names, reader) : new Map<string, string>();
  return { values, unsent: unsentText(names.filter((name) => !values.has(name))) };
}

/** Asks for the values in order, up to the first that the user cancels or leaves empty. */
async function valuesOf(pasted: Pasted, names: readonly string[], reader: RequestReader): Promise<Map<string, string>> {
  const secrets = await secretsAmong(pasted, names, reader);
  const values = new Map<string, string>();
  for (const [index, name] of names.entries()) {
    const value = await askForText({
      title: l10n.t('Value of {0} ({1} of {2})', listed([name]), index + 1, names.length),
      prompt: l10n.t('It replaces {0} in the request.', listed([name])),
      password: secrets.has(name),
      problemOf: (typed) => (typed.length > MAX_VALUE ? l10n.t('The value is longer than 64 KB.') : undefined),
    });
    if (value === undefined || value === '') break;
    values.set(name, value);
  }
  return values;
}

/** Resolves with the placeholders that are named like secrets, or stand in the place of one. */
async function secretsAmong({ text }: Pasted, names: readonly string[], reader: RequestReader): Promise<Set<string>> {
  const probes = new Map(names.map((name, index) => [name, `${PROBE}${String.fromCharCode(97 + index)}`]));
  const { parsed } = await reader.read(text, { values: probes });
  const [plain, masked] = parsed ? [textOf(parsed), textOf({ request: mask(parsed.request).request })] : ['', ''];
  const isHidden = (probe = '') => {
    const count = plain.split(probe).length;
    // A value that isn't visible in the request is encoded, as in Basic credentials.
    return count === 1 || masked.split(probe).length < count;
  };
  return new Set(names.filter((name) => isSecretName(name, 'header') || isHidden(probes.get(name))));
}

function textOf({ request }: Pick<ParsedRequest, 'request'>): string {
  const { method, url, headers, body = '' }: StreamRequest = request;
  return [method, url, ...headers.flat(), body].join('\n');
}

function unsentText(missing: readonly string[]): string | undefined {
  if (missing.length === 0) return undefined;
  return missing.length === 1
    ? l10n.t(
        'Nothing was sent: {0} has no value yet. Put it in its place, or Connect to send it as it is.',
        listed(missing),
      )
    : l10n.t(
        'Nothing was sent: {0} have no values yet. Put them in their places, or Connect to send them as they are.',
        listed(missing),
      );
}

function tooManyText(count: number): string {
  return l10n.t(
    'Nothing was sent: of {0} placeholders, no more than {1} are asked for. Put their values in their places, or Connect to send them as they are.',
    count,
    MAX_ASKED,
  );
}
