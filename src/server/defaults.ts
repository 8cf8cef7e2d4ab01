/** Range and default of an option that is a number; a whole one, but for `SPEED`. */
export interface NumberOption {
  minimum: number;
  maximum: number;
  default: number;
}

/** The port that the server listens on; 0 stands for any free port. */
export const PORT: NumberOption = { minimum: 0, maximum: 65_535, default: 8080 };

/** Maximum number of open streams. */
export const MAX_CONNECTIONS: NumberOption = { minimum: 1, maximum: 65_535, default: 1000 };

/** Factor by which a script is played faster than it says. */
export const SPEED: NumberOption = { minimum: 0.1, maximum: 1000, default: 1 };

/** Seed of pauses of random length. Without one, each run has its own. */
export const SEED: Omit<NumberOption, 'default'> = { minimum: 0, maximum: 2 ** 32 - 1 };

/** Number of requests that are refused. */
export const REFUSED_TIMES: NumberOption = { minimum: 1, maximum: 1000, default: 1 };

/** `Retry-After`, in seconds, where there is one: as in a script. */
export const RETRY_AFTER: Omit<NumberOption, 'default'> = { minimum: 0, maximum: 99_999 };

/** Maximum time of a wait, in seconds. */
export const WAIT_TIMEOUT: NumberOption = { minimum: 0, maximum: 3600, default: 30 };

/** Number of entries of a Redis stream that are kept, about. */
export const KEEP: NumberOption = { minimum: 1, maximum: 1_000_000_000, default: 10_000 };

/** Times of a server of a Redis stream, in milliseconds. */
export const REDIS_TIME: Omit<NumberOption, 'default'> = { minimum: 10, maximum: 3_600_000 };

/** Pattern of an origin, as browsers write it; `*` stands for any port, or none. */
export const ORIGIN = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(:([0-9]{1,5}|\*))?$/;

/** Origins whose pages may read the stream: those of this machine, on any port. */
export const ALLOWED_ORIGINS: readonly string[] = ['http', 'https'].flatMap((scheme) =>
  ['localhost', '127.0.0.1', '[::1]'].map((host) => `${scheme}://${host}:*`),
);
