/** Size of a frame's head, in bytes (RFC 9113 §4.1). */
const FRAME_HEAD = 9;
/** Type of the frame that each side of HTTP/2 sends first (RFC 9113 §3.4). */
const SETTINGS = 4;
/** Type of a TLS record that reports an error (RFC 8446 §5.1). */
const ALERT = 21;

/**
 * Returns the protocol that a server speaks if Node can't read its response as HTTP/1: determined by the first bytes, or
 * by the server's reply to the protocols that were offered; undefined if it can't be determined.
 */
export function otherProtocol(error: unknown): 'HTTP/2' | 'TLS' | undefined {
  const { message, rawPacket } = (error ?? {}) as { message?: unknown; rawPacket?: unknown };
  // OpenSSL's message for the alert of RFC 7301 §3.2.
  if (typeof message === 'string' && message.includes('alert no application protocol')) return 'HTTP/2';
  if (!(rawPacket instanceof Uint8Array)) return undefined;
  if (rawPacket[0] === ALERT && rawPacket[1] === 3) return 'TLS';
  const isOfConnection =
    rawPacket.length >= FRAME_HEAD && rawPacket.subarray(5, FRAME_HEAD).every((byte) => byte === 0);
  return isOfConnection && rawPacket[3] === SETTINGS ? 'HTTP/2' : undefined;
}
