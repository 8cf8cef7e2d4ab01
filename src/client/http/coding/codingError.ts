/** An error for a body in a coding that can't be read. */
export class CodingError extends Error {
  override name = 'CodingError';
  readonly code: 'ERR_CODING' | 'ERR_CODING_UNSAID';
  readonly coding: string;

  /** @param isSaid whether a `Content-Encoding` header names it */
  constructor(coding: string, isSaid: boolean) {
    super(`The response is coded as ${coding}.`);
    this.code = isSaid ? 'ERR_CODING' : 'ERR_CODING_UNSAID';
    this.coding = coding;
  }
}
