import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** Facts about a connection's encryption. */
export interface TlsFacts {
  /** Issuer of the server's certificate: its organization, or else its common name; empty if it has neither. */
  issuer: string;
  /** Protocol that was chosen (RFC 7301); empty if the server chose none. */
  alpn: string;
}

/** Returns the facts about a socket's encryption; undefined if it has none. */
export function tlsFacts(socket: Socket): TlsFacts | undefined {
  if (!(socket instanceof TLSSocket)) return undefined;
  // Without a certificate, which a server may lack, Node returns an empty object. It returns null for a connection that is
  // closed, as it is at once where what came with the head of the response is no HTTP.
  const { issuer } = (socket.getPeerCertificate() ?? {}) as Partial<ReturnType<TLSSocket['getPeerCertificate']>>;
  return { issuer: String(issuer?.O ?? issuer?.CN ?? ''), alpn: socket.alpnProtocol || '' };
}
