// Finds secrets by their shape, whatever their name.
import type { DecodedText } from './decodedText';

/** A callback for a secret that was found, with its range in the whole text. */
export type AddSpan = (start: number, end: number) => void;

/** User and password of a URL in the text; for web addresses also a user alone, which is then a token. */
const USER = /(?<=\/\/)[^\s/?#@"'<>\\:]*:[^\s/?#"'<>\\]+(?=@)|(?<=(?:https?|wss?):\/\/)[^\s/?#@"'<>\\]+(?=@)/gi;
/** User and password of a URL with which the text begins: then no quote ends it. */
const ADDRESS_ALONE = /(?<=^\s*[a-z][\w+.-]*:\/\/)[^\s/?#:]*:[^\s/?#]+(?=@)/gi;
/**
 * Shapes of secrets that are recognized without a name. Each has a lookbehind for a character that can't be part of it, so
 * that the text is read once.
 */
const SHAPES = [
  ADDRESS_ALONE,
  // OpenAI, Anthropic, Stripe: somewhere there are ten letters and digits in a row, which no words have.
  /(?<![\w-])(?:sk|rk)[-_](?=[\w-]{0,100}?(?=[a-z]{0,9}\d)[a-z\d]{10})[\w-]{20,}/gi,
  // Slack, GitHub, GitLab, npm, Hugging Face, Groq, xAI, Shopify, DigitalOcean, Docker, PyPI, Sentry, Linear, webhooks, Google,
  // Vault.
  /(?<![\w-])(?:xox[abeoprs]-|xapp-|gh[oprsu]_|github_pat_|gl[a-z]{2,5}-|npm_|hf_|gsk_|xai-|shp(?:at|ca|pa|ss)_|dop_v1_|dckr_pat_|pypi-|sntrys_|lin_api_|whsec_|ya29\.|AIza|hv[sbr]\.)(?=[\w-]*\d)[\w-]{16,}/g,
  // Perplexity, Tavily, LangSmith, Pinecone, NVIDIA, Notion, Figma, Grafana, Supabase, Atlassian, Tailscale, New Relic, Postman,
  // Contentful, PostHog, HubSpot, Doppler.
  /(?<![\w-])(?:pplx-|tvly-|lsv2_|pcsk_|nvapi-|ntn_|figd_|gl(?:sa|c)_|sbp_|sb_secret_|AT[AC]TT|tskey-|NRAK-|PMAK-|CFPAT-|phx_|pat-(?:na|eu)\d-|dp\.[a-z]{2,5}\.)(?=[\w-]*\d)[\w-]{16,}/g,
  // Replicate, Jina, E2B, Databricks.
  /(?<![\w-])(?:r8_[A-Za-z\d]{30,}|(?:jina_|e2b_|dapi)[a-f\d]{32,})(?![\w-])/g,
  // Bots of Discord.
  /(?<![\w-])[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27,}/g,
  // SendGrid.
  /(?<![\w-])SG\.[\w-]{16,}\.[\w-]{16,}/g,
  /(?<![\w-])A(?:KI|SI)A[A-Z\d]{16}(?![\w-])/g,
  // JSON Web Tokens: encrypted, or signed.
  /(?<![\w-])eyJ[\w-]{8,}\.(?:[\w-]*\.[\w-]+\.[\w-]+\.[\w-]*|[\w-]{8,}\.[\w-]*)/g,
  USER,
];
/** A Basic scheme with base64, which decodes to user, colon and password. */
const BASIC = /\bbasic(?:[ \t]|%20|\+){1,3}([\w+/-]{6,}={0,2})/gi;
const BEARER =
  /\b(?:bearer|dpop|ssws|ntlm)(?:[ \t]|%20|\+){1,3}(?!(?:certificates?|instruments?|tokens?|auth\w*|credentials?|schemes?)\b)([\w.~+/-]{8,}=*)/gi;
/** Schemes that are also common words: a secret after them must have a digit. */
const WORD_SCHEME = /^(?:token|api-?key|bot)[ \t]+([a-z_.~+/=:-]*\d[\w.~+/=:-]*)$/gi;
const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/g;

/** Base64 of an object or a list of them in base64, as in a parameter `config` of an MCP server: `{"`, `{ `, `{\n`, `[{`. */
const JSON_BASE64 = /(?<![\w+-])(?:eyJ|eyA|ewo|ew0|W3s)[\w+/-]{12,}={0,2}/g;

/** Finds what has the shape of a secret. @param inHeader whether secrets after an authentication scheme count, too */
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

/** Finds user and password of URLs in a nested text: only these have characters that are encoded or quoted there. */
export function scanAddresses(decoded: DecodedText, addSpan: AddSpan): void {
  if (!decoded.text.includes('@')) return;
  for (const { 0: found, index } of [...decoded.text.matchAll(USER), ...decoded.text.matchAll(ADDRESS_ALONE)])
    addSpan(decoded.place(index), decoded.place(index + found.length));
}

/** Finds JSON in base64 that has a secret: no part of it can have a mask. @param hasSecret whether a decoded text has one */
export function scanBase64(decoded: DecodedText, hasSecret: (json: string) => boolean, addSpan: AddSpan): void {
  for (const { 0: found, index } of decoded.text.matchAll(JSON_BASE64))
    if (hasSecret(Buffer.from(found, 'base64').toString('utf8')))
      addSpan(decoded.place(index), decoded.place(index + found.length));
}
