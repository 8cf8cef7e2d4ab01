// Secrets that are known by their looks, whatever they are called.
import type { DecodedText } from './decodedText';

/** Finder of a secret: where it begins and ends in the whole text. */
export type AddSpan = (start: number, end: number) => void;

/** User and password of an address in the text; for the web also a user alone, which is a token then. */
const USER = /(?<=\/\/)[^\s/?#@"'<>\\:]*:[^\s/?#"'<>\\]+(?=@)|(?<=(?:https?|wss?):\/\/)[^\s/?#@"'<>\\]+(?=@)/gi;
/** The same where the text begins with the address: no quote ends it. */
const ADDRESS_ALONE = /(?<=^\s*[a-z][\w+.-]*:\/\/)[^\s/?#:]*:[^\s/?#]+(?=@)/gi;
/** Behind them a secret is known without a name; each begins behind what can't be a part of it, so that all is read once. */
const SHAPES = [
  ADDRESS_ALONE,
  // OpenAI, Anthropic, Stripe: somewhere are ten letters and digits in a row, which no words have.
  /(?<![\w-])(?:sk|rk)[-_](?=[\w-]{0,100}?(?=[a-z]{0,9}\d)[a-z\d]{10})[\w-]{20,}/gi,
  // Slack, GitHub, GitLab, npm, Hugging Face, Groq, xAI, Shopify, DigitalOcean, Docker, PyPI, Sentry, Linear, webhooks, Google,
  // Vault.
  /(?<![\w-])(?:xox[abeoprs]-|xapp-|gh[oprsu]_|github_pat_|gl[a-z]{2,5}-|npm_|hf_|gsk_|xai-|shp(?:at|ca|pa|ss)_|dop_v1_|dckr_pat_|pypi-|sntrys_|lin_api_|whsec_|ya29\.|AIza|hv[sbr]\.)(?=[\w-]*\d)[\w-]{16,}/g,
  // SendGrid.
  /(?<![\w-])SG\.[\w-]{16,}\.[\w-]{16,}/g,
  /(?<![\w-])A(?:KI|SI)A[A-Z\d]{16}(?![\w-])/g,
  // JSON Web Tokens: encrypted, or signed.
  /(?<![\w-])eyJ[\w-]{8,}\.(?:[\w-]*\.[\w-]+\.[\w-]+\.[\w-]*|[\w-]{8,}\.[\w-]*)/g,
  USER,
];
/** What is behind it is base64, in which a colon is between user and password. */
const BASIC = /\bbasic(?: |%20|\+){1,3}([\w+/-]{6,}={0,2})/gi;
const BEARER =
  /\b(?:bearer|dpop|ssws|ntlm)(?: |%20|\+){1,3}(?!(?:certificates?|instruments?|tokens?|auth\w*|credentials?|schemes?)\b)([\w.~+/-]{8,}=*)/gi;
/** Schemes of a header's value that are words, too: behind them a secret has a digit. */
const WORD_SCHEME = /^(?:token|api-?key|bot) +([a-z_.~+/=:-]*\d[\w.~+/=:-]*)$/gi;
const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/g;

/** Finds what looks like a secret. @param inHeader whether schemes of authentication have secrets behind them, too */
export function scanShapes(decoded: DecodedText, inHeader: boolean, addSpan: AddSpan): void {
  const { text } = decoded;
  const add = (start: number, end: number) => addSpan(decoded.place(start), decoded.place(end));
  for (const shape of inHeader ? [...SHAPES, BEARER, WORD_SCHEME] : SHAPES)
    for (const { 0: found, 1: value = found, index } of text.matchAll(shape)) {
      const end = index + found.length;
      add(end - value.length, end);
    }
  for (const { 0: found, 1: value = '', index } of text.matchAll(BASIC)) {
    const end = index + found.length;
    if (/^[^\p{Cc}\ufffd:]*:/u.test(Buffer.from(value, 'base64').toString('utf8'))) add(end - value.length, end);
  }
  let from = 0;
  for (const { index } of text.matchAll(PRIVATE_KEY)) {
    if (index < from) continue;
    const end = text.indexOf('-----END', index);
    from = end < 0 ? text.length : end;
    add(index, from);
  }
}

/** Finds user and password of addresses, in a text in a text: nothing else has signs that are encoded there, or quotes. */
export function scanAddresses(decoded: DecodedText, addSpan: AddSpan): void {
  if (!decoded.text.includes('@')) return;
  for (const { 0: found, index } of [...decoded.text.matchAll(USER), ...decoded.text.matchAll(ADDRESS_ALONE)])
    addSpan(decoded.place(index), decoded.place(index + found.length));
}
