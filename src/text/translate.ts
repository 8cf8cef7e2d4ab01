/** Returns the message in the person's language, with each `{0}` replaced by the argument of that number. */
export type Translate = (message: string, ...args: (string | number)[]) => string;

/** Returns the message as it is written, in English: for code that runs without VS Code. */
export const inEnglish: Translate = (message, ...args) =>
  message.replace(/\{(\d+)\}/g, (placeholder, index) => String(args[Number(index)] ?? placeholder));
