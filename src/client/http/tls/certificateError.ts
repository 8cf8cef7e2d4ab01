/** Node's codes for a certificate that isn't accepted. It has none for reasons such as a weak key: then the message says more. */
const CODES = /^(CERT_|UNABLE_|DEPTH_ZERO|SELF_SIGNED|ERR_TLS_CERT|INVALID_(CA|PURPOSE)$|PATH_LENGTH_|UNSPECIFIED$)/;

/** Whether the error means that the server's certificate isn't accepted. */
export function isCertificateError({ code = '' }: { code?: string }): boolean {
  return CODES.test(code);
}
