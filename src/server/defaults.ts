/** Range and default of an option that is a whole number. */
export interface NumberOption {
  minimum: number;
  maximum: number;
  default: number;
}

/** The port that is listened on; 0: any free one. */
export const PORT: NumberOption = { minimum: 0, maximum: 65_535, default: 8080 };

/** Maximum number of streams that are open at a time. */
export const MAX_CONNECTIONS: NumberOption = { minimum: 1, maximum: 65_535, default: 1000 };

/** Origins whose pages may read the stream; `*`: any port. Pages of this machine. */
export const ALLOWED_ORIGINS: readonly string[] = ['http', 'https'].flatMap((scheme) =>
  ['localhost', '127.0.0.1', '[::1]'].map((host) => `${scheme}://${host}:*`),
);
