import type { PortRefusal } from '../../server/http/listening';

/** Error for a port that is taken, or not allowed to you. */
export class ServeError extends Error {
  override readonly name = 'ServeError';
  constructor(
    message: string,
    readonly port: number,
    readonly code: PortRefusal,
  ) {
    super(message);
  }
}
