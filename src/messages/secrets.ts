// Messages between extension and webview about secrets that the page shows masks for, and about copies.

/** Mask of a secret: one of the form's, by its number, or a response header, by its index. */
export type MaskPlace = { mask: number } | { header: number };

/** Mask in the form. */
export interface MaskRow {
  number: number;
  /** Description of its location, in the user's language: `the header authorization`. */
  place: string;
}

/** Messages from the extension to the inspector's page. */
export type ToSecrets =
  /** Masks that the form has now. */
  | { type: 'masks'; masks: MaskRow[] }
  /** Secret that the user asked to see. */
  | { type: 'secret'; at: MaskPlace; text: string }
  /** Text was copied to the clipboard. @param note for the user, in their language */
  | { type: 'copied'; what: 'curl' | 'event' | MaskPlace; note: string };

/** Messages from the inspector's page to the extension. */
export type FromSecrets = { type: 'showSecret' | 'copySecret'; at: MaskPlace };

/** Texts of the page, in the user's language; `{0}` stands for the location of a mask. */
export interface SecretStrings {
  show: string;
  hide: string;
  copy: string;
  showSecret: string;
  hideSecret: string;
  copySecret: string;
  /** `{0}` stands for the name of a response header. */
  header: string;
  /** `{0}` stands for a number. */
  moreMasks: string;
}
