/**
 * Headers of a response that grant access to anyone who has them: cookies (RFC 6265, RFC 2965), and proofs that the server
 * knows the password, from which that can be guessed (RFC 7615). Other headers are what the user wants to read: an MCP
 * session, the rest of a rate limit.
 */
const SECRET = new Set(['set-cookie', 'set-cookie2', 'authentication-info', 'proxy-authentication-info']);

/** Whether a response's header of that name is shown with a mask. */
export function isSecretResponseHeader(name: string): boolean {
  return SECRET.has(name.toLowerCase());
}
