/** A frame's head is so long, in bytes (RFC 9113 §4.1). */
const FRAME_HEAD = 9;
/** Type of the frame that each side of HTTP/2 sends first (RFC 9113 §3.4). */
const SETTINGS = 4;
/** Type of a TLS record that says what is wrong (RFC 8446 §5.1). */
const ALERT = 21;

/**
 * Returns what a server speaks where Node can't read its answer as HTTP/1: by its first bytes, or by what it says of the
 * protocols that were offered; undefined where it can't be told.
 */
export function otherProtocol(error: unknown): 'HTTP/2' | 'TLS' | undefined {
  const { message, rawPacket } = (error ?? {}) as { message?: unknown; rawPacket?: unknown };
  // As OpenSSL says the alert of RFC 7301 §3.2.
  if (typeof message === 'string' && message.includes('alert no application protocol')) return 'HTTP/2';
  if (!(rawPacket instanceof Uint8Array)) return undefined;
  if (rawPacket[0] === ALERT && rawPacket[1] === 3) return 'TLS';
  const isOfConnection =
    rawPacket.length >= FRAME_HEAD && rawPacket.subarray(5, FRAME_HEAD).every((byte) => byte === 0);
  return isOfConnection && rawPacket[3] === SETTINGS ? 'HTTP/2' : undefined;
}
