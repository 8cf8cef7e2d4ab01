/** Returns the message in the user's language, with each `{0}` replaced by the argument of that number. */
export type Translate = (message: string, ...args: (string | number)[]) => string;

/** Returns the message in English, as it is written: for code that runs without VS Code. */
export const inEnglish: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (placeholder, index) => String(args[Number(index)] ?? placeholder));
