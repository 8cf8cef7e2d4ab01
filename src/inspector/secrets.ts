import type { StreamRequest } from './streamRequest';

/** What a secret is shown as, with its number from 1. */
const MASK = /•••(\d+)/g;
const SECRET_NAME =
  /cookie|authorization|[-_]auth$|[-_]?key$|apikey|token|secret|passw|pwd|signature|credential|session|jwt/i;
const SECRET_PARAMETER =
  /^(auth|sig|sid|code|pwd|jwt)$|(^|[-_])key$|apikey|token|secret|passw|signature|credential|session/i;
/** The scheme of an Authorization header is none. */
const SCHEME = /^(basic|bearer|digest|negotiate|token) +/i;

/** Whether a header of that name is meant for one server, and for no one else's eyes. */
export function isSecretHeader(name: string): boolean {
  return SECRET_NAME.test(name);
}

/**
 * The request with a mask for each secret: in headers, in the URL's user information, and in parameters and JSON members
 * that are called like one, of URL and body.
 * @param known what the masks stand for that are in the request already; added to
 */
export function mask(
  request: StreamRequest,
  known: readonly string[] = [],
): { request: StreamRequest; secrets: string[] } {
  const secrets = [...known];
  const hide = (secret: string) => {
    if (secret === '' || secret.replace(MASK, '') === '') return secret;
    // A mask in it would be taken for a part of it.
    const whole = withSecrets(secret, secrets);
    const index = secrets.indexOf(whole);
    return `•••${index < 0 ? secrets.push(whole) : index + 1}`;
  };
  const headers = request.headers.map(([name, value]): [string, string] => {
    if (!isSecretHeader(name)) return [name, value];
    const [scheme = ''] = SCHEME.exec(value) ?? [];
    return [name, scheme + hide(value.slice(scheme.length))];
  });
  const hideNamed = (whole: string, begin: string, name: string, middle: string, value: string) =>
    SECRET_PARAMETER.test(name) ? `${begin}${name}${middle}${hide(value)}` : whole;
  const url = request.url
    .replace(/^(https?:[\\/]*)([^/?#\\]+)@/i, (_, begin, user) => `${begin}${hide(user)}@`)
    .replace(/([?&#])([^=&#]+)(=)([^&#]*)/g, hideNamed);
  const body = request.body
    ?.replace(/(")([^"\\]+)("\s*:\s*")((?:[^"\\]+|\\.)*)/g, hideNamed)
    .replace(/(^|&)([\w.-]+)(=)([^&\s]*)/g, hideNamed);
  return { request: { ...request, url, headers, body }, secrets };
}

/** The request with the secrets that the masks stand for; a mask of none stays. */
export function unmask(request: StreamRequest, secrets: readonly string[]): StreamRequest {
  const show = (text: string) => withSecrets(text, secrets);
  return {
    ...request,
    url: show(request.url),
    headers: request.headers.map(([name, value]) => [name, show(value)]),
    body: request.body === undefined ? undefined : show(request.body),
  };
}

/** A mask that stands in the request still; undefined where there is none. */
export function findMask({ url, headers, body }: StreamRequest): string | undefined {
  return [url, ...headers.flat(), body].join('\n').match(MASK)?.[0];
}

function withSecrets(text: string, secrets: readonly string[]): string {
  return text.replace(MASK, (found, number) => secrets[Number(number) - 1] ?? found);
}
