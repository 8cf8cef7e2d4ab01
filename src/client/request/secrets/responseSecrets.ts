/**
 * Headers of a response that let in whoever has them: cookies (RFC 6265, RFC 2965), and what proves that the server knows
 * the password, from which that can be guessed (RFC 7615). Others are what a person has come to read: a session of MCP,
 * what is left of a limit.
 */
const SECRET = new Set(['set-cookie', 'set-cookie2', 'authentication-info', 'proxy-authentication-info']);

/** Whether a response's header of that name is shown with a mask. */
export function isSecretResponseHeader(name: string): boolean {
  return SECRET.has(name.toLowerCase());
}
