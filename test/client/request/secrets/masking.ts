import { expect } from 'vitest';
import { mask, strays, unmask } from '../../../../src/client/request/secrets/secrets';
import type { StreamRequest } from '../../../../src/client/request/streamRequest';

/** Placeholder for a secret, or its end, in the texts of tests. */
export const S = 'S3cr3tV4lue';

/** Fails unless the whole secret is masked, unmasking restores the text, and each mask is where its secret was given. */
export function expectMasked(request: StreamRequest): void {
  const { request: masked, secrets } = mask(request);
  expect(JSON.stringify(masked)).not.toContain('S3cr3t');
  expect(unmask(masked, secrets)).toEqual(request);
  expect(strays(masked, secrets)).toEqual([]);
  expect(mask(masked, secrets).request).toEqual(masked);
}
