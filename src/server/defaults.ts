/** Range and default of an option that is a whole number. */
export interface NumberOption {
  minimum: number;
  maximum: number;
  default: number;
}

/** The port that the server listens on; 0 stands for any free port. */
export const PORT: NumberOption = { minimum: 0, maximum: 65_535, default: 8080 };

/** Maximum number of open streams. */
export const MAX_CONNECTIONS: NumberOption = { minimum: 1, maximum: 65_535, default: 1000 };

/** Origins whose pages may read the stream: those of this machine, on any port. */
export const ALLOWED_ORIGINS: readonly string[] = ['http', 'https'].flatMap((scheme) =>
  ['localhost', '127.0.0.1', '[::1]'].map((host) => `${scheme}://${host}:*`),
);
