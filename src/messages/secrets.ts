// What editor/ and webview/ say to each other of secrets that the page shows masks for, and of what was copied.

/** The mask of a secret: one of the form's, by its number, or a response's header, by its index. */
export type MaskPlace = { mask: number } | { header: number };

/** A mask in the form. */
export interface MaskRow {
  number: number;
  /** Where it stands, in the user's language: `the header authorization`. */
  place: string;
}

/** From the extension to the inspector's page. */
export type ToSecrets =
  /** The masks that the form has now. */
  | { type: 'masks'; masks: MaskRow[] }
  /** The secret that the person has asked to see. */
  | { type: 'secret'; at: MaskPlace; text: string }
  /** It is on the clipboard. @param note for the person, in their language */
  | { type: 'copied'; what: 'curl' | 'event' | MaskPlace; note: string };

/** From the inspector's page to the extension. */
export type FromSecrets = { type: 'showSecret' | 'copySecret'; at: MaskPlace };

/** What the page shows, in the user's language; `{0}` stands for the place of a mask. */
export interface SecretStrings {
  show: string;
  hide: string;
  copy: string;
  showSecret: string;
  hideSecret: string;
  copySecret: string;
  /** `{0}` stands for the name of a response's header. */
  header: string;
  /** `{0}` stands for a number. */
  moreMasks: string;
}
