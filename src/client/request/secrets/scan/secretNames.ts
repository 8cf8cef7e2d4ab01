// Decides which names are names of secrets. As in English, the last word gives the meaning: an `auth_token` is a token, a
// `token_type` is a type.

/** The place of a name: some names mean a secret in one place only. `member`: in JSON, or an element or attribute of XML. */
export type NamePlace = 'header' | 'parameter' | 'member';

/** Maximum length of a name, in characters. Anything longer is ordinary text. */
export const MAX_NAME = 200;

/** Nouns that mean a secret whatever precedes them. */
const NOUNS = new Set(
  (
    'password passwd pword pwd pswd psw pw psk passphrase ' +
    'passwort kennwort wachtwoord motdepasse contraseña contrasena contrasenya senha passord lösenord losenord adgangskode ' +
    'salasana hasło haslo heslo geslo лозинка пароль jelszó jelszo şifre sifre parolă 密码 密碼 密钥 口令 パスワード 비밀번호 סיסמה ' +
    'passcode passkey secret cred credential cookie crumb macaroon ' +
    'authorization authorisation authentification sas jwt jws jwe otp totp hotp hmac bearer signature sig dpop pat verifier assertion cvv cvc mfa dsn puk ' +
    'mnemonic sessid sessionid token key pass pin auth authentication session apikey'
  ).split(' '),
);
/**
 * Nouns whose members are considered one by one, since a session's settings aren't secret. Objects of other names are
 * secret as a whole.
 */
const COMPOSITE = new Set('session authentication auth key pass pin signature access ticket code'.split(' '));
/**
 * Words before a noun that make it harmless. The whole phrase has to match: an `end_token` marks a text's end, a
 * `front_end_token` doesn't.
 */
const HARMLESS: Record<string, RegExp> = {
  // Markers in a text, positions in a list, exchanges of coins. But an old token is replaced by a new one.
  token:
    /^(?!(?:new|current|previous|input)$)(?:(?:.* )?(?:per(?: (?:input|output))?|idempotency|client request)|(?:(?:next|prev|previous|nextpage|prevpage|previouspage|nextsync|initial|current|new|first|last|start|end|stop|page|continuation|sync|resume|cursor|pagination|progress|cancellation|work done|partial result|pad|eos|bos|unk|sep|cls|mask|special|design|syntax|semantic|delta|starting|concurrency|input|output|prompt|completion|from|to|base|quote)(?: |$))+)$/,
  // Keys that data is sorted or found by; and names of things, if no more is said.
  key: /(?:^| )(?:sort|sorting|public|publishable|primary|foreign|partition|row|cache|idempotency|idempotent|surrogate|routing|group|by|object|translation|n|label|map|dictionary|range|unique|natural|composite|index|lookup|property|json|hot|arrow|shortcut|dedup|dedupe|deduplication|correlation|(?:web)?socket|bucket|file|column|field|ordering|grouping|join|node|edge|vertex|category|blob|document|folder|directory|path|section|tab|menu|route|view|component|layer|filter|facet|attribute|parameter|variable|namespace|segment|series|dimension|shard|sharding|experiment|variant|react|accessor|xaxis|yaxis|axis|chart|schema|type|enum|thread|dict|hash|list|item|topology|legend|music|musical|piano|s)$|^(?!product$)(?:(?:message|event|issue|project|order|query|feature|flag|context|environment|setting|config|template|locale|site|image|candidate|business|tracking|search|option|job|task|queue|step|branch|dataset|table|language|country|region|currency|theme|icon|asset|media|artifact|package|question|choice|resource|source|target|destination|upload|answer|parent|entity|record|product|metric|tag|topic|sequence|state|registry)(?: |$))+$/,
  pass: /(?:^| )(?:boarding|render|shader|first|second|third|high|low|band|by|multi|single|two|one|all|num|season)$/,
  pin: /(?:^| )(?:map|gpio|led|drop|board|input|output|data|digital|analog|clock|push|location|bowling)$/,
  signature: /(?:^| )(?:function|method|type|time|key|email|call|mail)$/,
  session: /(?:^| )(?:mcp|training)$/,
  sessionid: /(?:^| )mcp$/,
  // References in Kubernetes.
  secret: /(?:^| )image ?pull$/,
};
/** Words before `tokens` or `keys` that make them secrets: with others, these are counts or fields. */
const SECRET_KIND =
  /^(?:access|refresh|api|auth|id|bearer|session|csrf|user|device|bot|secret|security|login|personal|deploy|oauth|client|registration|push|reset|jwt|service|private|app|unseal|ssh|signing|encryption|subscription|account|license|master)$/;
/** Words before `code` that make it one that grants access. */
const CODE_KIND =
  /^(?:auth|authorization|authentication|oauth|access|verification|verify|security|otp|mfa|totp|fa|factor|twofactor|sms|pass|login|device|user|recovery|backup|activation|time|reset|pin|secret|magic|unlock|pairing)$/;
/** Names of secrets that count only as a whole, and only in these places. */
const WHOLE = new Map<string, NamePlace[]>(
  Object.entries({
    'access': ['header', 'parameter'],
    'code': ['parameter'],
    'sid': ['header', 'parameter', 'member'],
    'connect sid': ['header', 'parameter', 'member'],
    'sign': ['header', 'parameter'],
    'clave': ['header', 'parameter'],
    // In XML, `wsse` is a namespace.
    'wsse': ['header'],
    'fa': ['header', 'parameter', 'member'],
    'tfa': ['header', 'parameter', 'member'],
    // Kubernetes takes a token in this header, as browsers can't set another one for a WebSocket.
    'sec web socket protocol': ['header'],
    'sec websocket protocol': ['header'],
    'saml response': ['parameter', 'member'],
    'samlresponse': ['parameter', 'member'],
    'saml request': ['parameter', 'member'],
    'samlrequest': ['parameter', 'member'],
    // Names of single vendors.
    'honeycomb team': ['header', 'parameter', 'member'],
    'query key': ['header'],
    'environment key': ['header'],
    'jfrog art api': ['header', 'parameter', 'member'],
    'vercel protection bypass': ['header', 'parameter', 'member'],
    'zak': ['header', 'parameter', 'member'],
    'signed request': ['parameter', 'member'],
    'wp nonce': ['header', 'parameter', 'member'],
    'wpnonce': ['header', 'parameter', 'member'],
    'hdnts': ['header', 'parameter', 'member'],
    'hdnea': ['header', 'parameter', 'member'],
    'hdntl': ['header', 'parameter', 'member'],
    // Kubernetes: a Secret.
    'string data': ['member'],
    // Grafana: data sources.
    'secure json data': ['parameter', 'member'],
    'secure settings': ['parameter', 'member'],
  }),
);
/** Names that say how something is done, or how often: `use_cookies`, `max_tokens`; and names of limits. */
const NO_SECRET =
  /^(?:(?:is|has|use|uses|require|requires|required|need|needs|with|without|enable|enables|enabled|disable|disabled|allow|allows|allowed|accepts?(?! (?:token|key|code)$)|skip|no|show|hide|include|includes|max|min|num|count|total|n)(?: |$)|access control|(?:.* )?rate ?limit(?! bypass))/;
/** Words after a noun that say how a secret is written, or which one it is: it stays a secret. */
const MODIFIER =
  /^(?:value|raw|plain|text|hash|hex|base|b|encoded|encrypted|new|old|current|previous|confirm|confirmation|again|repeat|header|field|param|data|md|sha|ed|digest|str|string|binary|proof|hint)$/;
/** Nouns at the end of a compound written as one word, `authtoken`: no English word ends in one by chance. */
const COMPOUND =
  /^(.+?)(tokens?|secrets?|passwords?|passwd|passphrase|passcode|pwd|credentials?|cookies?|authori[sz]ation|authentication|auth|signature|sessionid|sessid|jwt|passwort|kennwort|wachtwoord|passord|密码|密碼|密钥|パスワード|비밀번호)$/;
const KEY_COMPOUND =
  /^(.*(?:\bp|\bws|api|priv|share|stream|hmac|aes|rsa|ssl|tls|pgp|aws|bot|access|secret|private|auth|subscription|app|encryption|master|account|license|sas|signing|session|ssh|gpg|service|client|user|server|shared|crypt|root|admin|deploy|webhook|consumer))(keys?)(id)?$/;
/** Codes that grant access, written as one word. */
const CODE_COMPOUND =
  /^(auth|authorization|oauth|access|verification|security|otp|totp|mfa|sms|login|recovery|backup|activation|reset)(codes?)$/;
/** Passwords written as one word with their owner. */
const PASS_COMPOUND =
  /^(.*(?:db|database|sql|pg|postgres|mongo|redis|user|usr|login|logon|admin|root|smtp|imap|mail|ftp|ssh|ssl|vpn|wifi|ldap|mqtt|amqp|http|proxy|auth|api|app|service|server|client|host|key|trust|store|cert|master|my|new|old))(pass)$/;
/** Names of authentication schemes. */
const SCHEME_NAME =
  /^(?:none|basic|bearer|digest|ntlm|negotiate|oauth2?|jwt|token|api[_-]?key|anonymous|required|optional)$/i;
/** Words before `ticket` that make it one that grants access, also in data. */
const TICKET_KIND = /^(?:session|auth|authentication|login|access|sso|kerberos|cas|connect|stream|ws|websocket)$/;
/** Words before `sign` that make it a signature; a sign in the sky isn't one. */
const SIGN_KIND = /^(?:api|app|access|auth|pay|request|client|secret)$/;
/** Comparison at the end of a query's name: `[$eq]`, `[_eq]`, `__exact`, `[eq]`, `[not_equals]`, `.doesNotContain`. */
const OPERATOR =
  /(?:(?:\[[$_]|__|\.\$|:)(?:i?not_?)?(?:eqi?|nei?|in|nin|l[te]{1,2}|g[te]{1,2}|i?exact|i?like|i?contains|i?starts_?with|i?ends_?with|i?regex|match|search|any|all|between|is)|[[.](?:(?:does_?)?not_?)?(?:n?eq|ne|n?in|i?like|i?exact|equals?|i?contains?|cont|i?starts_?with|i?ends_?with|matches|i?regexp?))\]*(?:\[\d*\])*$/i;
/**
 * Comparison in words, as in Ransack, `q[token_not_eq]`, which end no other name. A name such as `sign in` isn't a
 * comparison.
 */
const COMPARED =
  /(?: (?:does|i|not|eqi?|neq|n?in|i?exact|i?like|equals?|i?contains?|cont|(?:i?starts?|i?ends?) ?with|matches|(?<=(?:eq|cont|matches|like|start|end) )a(?:ny|ll)))+$/;
/** Words that form a unit with a following `in`. */
const PARTICLE = /(?:^| )(?:sign|log|check|opt|pass|plug|built|stay)$|^key$/;
/**
 * Phrases of two words, such as Confluent's key and secret, or with an ending that elsewhere says how a secret is written.
 */
const PHRASE =
  /(?:^| )(?:conn(?:ection)? ?str(?:ing)?|auth user ?info|pass (?:word|phrase|code|key)|mot de passe|(?:seed|recovery|mnemonic|backup|secret) ?(?:phrases?|words)|(?:security|secret) answer)$/;

/** Quick check: each name of a secret contains one of these, or something that has to be decoded first. */
const ROOT =
  /token|key|pass|pw|psw|psk|pword|wort|secret|cred|cookie|auth|jw|otp|mac|bearer|sig|dpop|pat|verif|assert|cv|mfa|dsn|mnem|sess|sid|csrf|xsrf|code|ticket|access|fa|saml|conn|sas|sign|wsse|phrase|words|sec-|pin|contras|senha|woord|crumb|macaroon|honeycomb|jfrog|bypass|zak|hdn|data|settings|losenord|adgangskode|salasana|haslo|heslo|geslo|jelszo|sifre|clave|puk|answer|nonce|[^\w.[\]$-]/i;

/** Whether a header, parameter or member of that name holds a secret. */
export function isSecretName(name: string, place: NamePlace): boolean {
  return secretNoun(name, place) !== undefined;
}

/** Returns the noun of a secret's name, if its members are considered one by one; undefined otherwise. */
export function compositeNoun(name: string, place: NamePlace): string | undefined {
  const noun = secretNoun(name, place);
  return noun !== undefined && COMPOSITE.has(noun) ? noun : undefined;
}

/** Whether an object under that name is secret as a whole. */
export function isSecretObject(name: string): boolean {
  const noun = secretNoun(name, 'member');
  return noun !== undefined && !COMPOSITE.has(noun);
}

/**
 * Whether a value under that name is harmless: a count, numbers of words (models have `tokens` of their own), or an
 * authentication scheme.
 */
export function isHarmlessValue(name: string, value: string): boolean {
  return harmlessValues(name)?.test(value) ?? false;
}

/** Returns a pattern of the harmless values under that name; undefined if there are none. */
export function harmlessValues(name: string): RegExp | undefined {
  if (/(?:tokens|(?:image|video|audio|time)[_-]?token)$/i.test(name)) return /^[\d\s,.[\]-]*$/;
  // A count of passes, or too short to be a secret.
  if (/^(?:x-)?(?:pass|key)$/i.test(name)) return /^\d{1,3}$/;
  return /auth(?:entication|orization)?$/i.test(name) ? SCHEME_NAME : undefined;
}

/** Returns the noun of a secret's name, in the singular; undefined if there is none. */
function secretNoun(name: string, place: NamePlace): string | undefined {
  if (name.length > MAX_NAME || !ROOT.test(name)) return undefined;
  // The limit of the length bounds the time of the expressions below, which is quadratic.
  const decoded = decodePercent(name);
  // NFKC may expand a character into a phrase; only the end of a name counts.
  const plain = (isAscii(decoded) ? decoded : decoded.normalize('NFKC').slice(-MAX_NAME)).replace(/[\t\r\n]/g, '');
  const camel = plain
    .replace(OPERATOR, '')
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])(?=[A-Z][a-z])/g, '$1 ');
  const noun = nounOf(wordsOf(camel), place);
  // Retried as one word: if case doesn't matter, capitals may be anywhere.
  return (noun ?? (camel === plain ? undefined : nounOf(wordsOf(plain), place))) || undefined;
}

/** Returns the noun; empty if it is certainly harmless; undefined if there is none. */
function nounOf(all: string[], place: NamePlace): string | undefined {
  const said = (all[0] === 'x' ? all.slice(1) : all).join(' ');
  const compared = said.replace(COMPARED, '');
  const whole = PARTICLE.test(compared) ? said : compared;
  const words = whole.split(' ');
  if (WHOLE.get(whole)?.includes(place)) return words.at(-1);
  if (words.some((word) => word === 'csrf' || word === 'xsrf')) return 'token';
  if (NO_SECRET.test(whole)) return undefined;
  if (PHRASE.test(whole)) return 'secret';
  while (words.length > 1 && MODIFIER.test(words.at(-1) ?? '')) words.pop();
  return headNoun(words.at(-1) ?? '', words.slice(0, -1), place) ?? idNoun(words);
}

function headNoun(last: string, words: string[], place: NamePlace): string | undefined {
  const before = words.at(-1);
  if (last === 'code') return before !== undefined && CODE_KIND.test(before) ? 'code' : undefined;
  if (last === 'codes') return before === 'recovery' || before === 'backup' ? 'secret' : undefined;
  // A help desk has tickets, too.
  if (last === 'ticket') return place !== 'member' || TICKET_KIND.test(before ?? '') ? 'ticket' : undefined;
  if (last === 'keys' || (last === 'tokens' && before !== undefined))
    return before !== undefined && SECRET_KIND.test(before) ? 'secret' : undefined;
  if (last === 'sign') return place === 'header' || SIGN_KIND.test(before ?? '') ? 'signature' : undefined;
  // In a body, a `key` is what it is sorted by, or a file's name.
  if (last === 'key' && before === undefined && place === 'member') return undefined;
  if (/^(?:passes|pins|sessions|pats|assertions)$/.test(last)) return undefined;
  const noun = NOUNS.has(last) ? last : last.replace(/(?<=[^s])s$/, '');
  if (!NOUNS.has(noun)) return undefined;
  return before !== undefined && HARMLESS[noun]?.test(words.join(' ')) ? '' : noun;
}

/** Returns the noun of an id that grants access to anyone who has it: of a session, an access key, a role's secret. */
function idNoun(words: string[]): string | undefined {
  const [beforeThat = '', before = '', last] =
    words.slice(-3).length === 3 ? words.slice(-3) : ['', ...words.slice(-2)];
  if (last !== 'id') return undefined;
  if (before === 'session' || before === 'sess') return beforeThat === 'mcp' ? undefined : 'session';
  if (before === 'secret') return 'secret';
  return before === 'key' && beforeThat.endsWith('access') ? 'key' : undefined;
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}

function wordsOf(name: string): string[] {
  // Numbers and versions aren't words; in `cvv2`, the letter is one of the word's.
  const text = name.toLowerCase().replace(/(?:(?<!cv)v)?\d+/g, ' ');
  const words = text.match(isAscii(text) ? /[a-z]+/g : /\p{L}+/gu) ?? [];
  return words.flatMap((word) => {
    const [, first, noun, id] = compoundOf(word) ?? [];
    return noun === undefined ? [word] : [first, noun, id].filter((part) => part !== undefined && part !== '');
  }) as string[];
}

function compoundOf(word: string): RegExpExecArray | null {
  return KEY_COMPOUND.exec(word) ?? CODE_COMPOUND.exec(word) ?? COMPOUND.exec(word) ?? PASS_COMPOUND.exec(word);
}

/** Decodes percent signs; byte by byte where they aren't UTF-8. */
function decodePercent(text: string): string {
  const bytes = text.replace(/%([\da-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  if (bytes === text || isAscii(bytes) || /[^\0-\xff]/.test(bytes)) return bytes;
  const decoded = Buffer.from(bytes, 'latin1').toString('utf8');
  return decoded.includes('\ufffd') ? bytes : decoded;
}
