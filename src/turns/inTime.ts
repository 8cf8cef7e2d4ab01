/**
 * Resolves or rejects as the promise does; rejects if it does neither in time. Leaves no timer running.
 * @param lateError makes the error for that
 */
export async function inTime<T>(promise: PromiseLike<T>, milliseconds: number, lateError: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(lateError()), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
