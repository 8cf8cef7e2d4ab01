import { expect, test } from 'vitest';
import {
  isHarmlessValue,
  isSecretName,
  isSecretObject,
  type NamePlace,
} from '../../../../../src/client/request/secrets/scan/secretNames';

const EVERYWHERE: NamePlace[] = ['header', 'parameter', 'member'];

/** Names of secrets in all places. */
const SECRET = [
  // Mercure's replacement of a header for EventSource, and other names for who asks.
  ...['authorization', 'Authorization', 'AUTHORIZATION', 'aUtHoRiZaTiOn', 'Proxy-Authorization', 'X-Authorization'],
  ...['Auth', 'X-Auth', 'auth', 'Authentication', 'DPoP', 'dpop', 'bearer', 'Authorization-Bearer', 'basicAuth'],
  ...[
    'token',
    'Token',
    'tok%65n',
    'access_token',
    'accessToken',
    'access-token',
    'refresh_token',
    'id_token',
    'authtoken',
  ],
  ...['id_token_hint', 'X-Auth-Token', 'X-Amz-Security-Token', 'Private-Token', 'JOB-TOKEN', 'csrfmiddlewaretoken'],
  ...[
    'X-Csrf',
    'X-CSRF-Token',
    'xsrf',
    '_csrf',
    'tokens',
    'refresh_tokens',
    'token[0]',
    'token2',
    'token.value',
    'bot_token',
  ],
  ...['api_key', 'apikey', 'apiKey', 'APIKEY', 'X-Api-Key', 'Api-Key-V2', 'api.key', 'api_keys', 'appkey', 'authkey'],
  ...['accessKey', 'AWSAccessKeyId', 'aws_access_key_id', 'awsaccesskeyid', 'aws_secret_access_key', 'subscriptionKey'],
  ...[
    'Ocp-Apim-Subscription-Key',
    'private_key',
    'privateKey',
    'PRIVATEKEY',
    'X-Functions-Key',
    'aeg-sas-key',
    'AccountKey',
  ],
  ...['ssh_keys', 'X-Goog-Api-Key', 'encryption_key', 'x-amz-server-side-encryption-customer-key-MD5', 'sessionKey'],
  ...[
    'password',
    'Password',
    'passwd',
    'pwd',
    'db_pwd',
    'pass',
    'X-Pass',
    'X-Api-Pass',
    'userPass',
    'passphrase',
    'passcode',
  ],
  ...[
    'user[password]',
    'user%5Bpassword%5D',
    'password_confirmation',
    'new_password',
    'passwords',
    'dbpassword',
    'dbpass',
    'userpass',
    'loginpass',
    'DB_USERPASS',
    'smtppass',
    'keypass',
    'passwort',
  ],
  ...['secret', 'client_secret', 'clientSecret', 'secrets', 'app_secret', 'webhookSecret', 'secret_id', 'credentials'],
  ...['credential', 'X-Amz-Credential', 'X-Goog-Credential', 'cookie', 'Cookie', 'Set-Cookie', 'Cookie2', 'cookies'],
  ...[
    'session',
    'sessionid',
    'session_id',
    'PHPSESSID',
    'JSESSIONID',
    'X-Session-Id',
    'sid',
    'connect.sid',
    'session_token',
  ],
  ...[
    'signature',
    'X-Amz-Signature',
    'X-Goog-Signature',
    'X-Hub-Signature-256',
    'sig',
    'X-Sig',
    'SharedAccessSignature',
  ],
  ...[
    'jwt',
    'X-JWT',
    'userJwt',
    'otp',
    'X-Otp',
    'totp',
    'pin',
    'card_pin',
    'pat',
    'github_pat',
    'hmac',
    'X-Hmac',
    'mfa',
  ],
  ...[
    'code_verifier',
    'oauth_verifier',
    'client_assertion',
    'auth_code',
    'authorizationCode',
    'device_code',
    'otp_code',
  ],
  ...[
    'recovery_codes',
    'connection_string',
    'ConnectionString',
    'connectionstring',
    'dsn',
    'cvv',
    'cvv2',
    'CVV2',
    '2fa',
    '2fa_code',
  ],
  ...['ｔｏｋｅｎ', 'to\tken', 'headers[Authorization]', 'variables.password', 'psk', 'mnemonic'],
  ...[
    'creds',
    'pass_word',
    'pass-phrase',
    'X-Signature-Ed25519',
    'hapikey',
    'oauth_signature',
    'secretkey',
    'apitoken',
  ],
];

/** Names written as one word, in other ways, or as in exchanges of money. */
const ALSO_SECRET = [
  ...['authcode', 'accesscode', 'otpcode', 'smscode', 'loginCode', 'verificationcode', 'recoverycodes', 'streamkey'],
  ...['stream_key', 'sharekey', 'privkey', 'pkey', 'wskey', 'hmackey', 'sslkey', 'sas', 'blob_sas', 'SasToken'],
  ...['seed_phrase', 'seedPhrase', 'seedphrase', 'recovery_phrase', 'secret_words', 'mnemonic_phrase'],
  ...['Authorisation', 'X-Authorisation', 'userauthorisation', 'OK-ACCESS-SIGN', 'ACCESS-SIGN', 'api_sign'],
];

/** Names whose second last word makes others harmless, or has another sense here. */
const SECRET_BY_ALL_WORDS = [
  ...['developer-token', 'DeveloperToken', 'X-Developer-Token', 'developertoken', 'ACTIONS_RUNTIME_TOKEN'],
  ...['one_time_token', 'oneTimeToken', 'One-Time-Token', 'onetimetoken', 'X-Splunk-Token', 'backend_token'],
  ...['frontend_token', 'front_end_token', 'FrontEndToken', 'run_time_token', 'realtime_token', 'real-time-token'],
  ...['video_token', 'audio_token', 'time_token', 'imageToken', 'appsync_token', 'app_sync_token', 'keeper_token'],
  ...['serper_token', 'helperToken', 'launchpad_token', 'homepage_token', 'landing_page_token', 'fb_page_token'],
  ...['quick_start_token', 'quickstart_token', 'send_token', 'session_end_token', 'accept_token', 'acceptToken'],
  ...['INNGEST_EVENT_KEY', 'inngestEventKey', 'storage_key', 'storageAccountKey', 'rate_limit_bypass_key'],
  ...['X-RateLimit-Bypass-Token', 'user_message_key', 'stripe_product_key', 'response_key', 'responseKey'],
  ...['new_token', 'currentToken', 'X-Previous-Token', 'input_token', 'product_key', 'X-Product-Key'],
];

/** Names of vendors, and words that say how a secret is written. */
const SECRET_OF_VENDORS = [
  ...['X-Honeycomb-Team', 'x-jfrog-art-api', 'X-JFrog-Art-Api', 'Jenkins-Crumb', '.crumb', 'zak', 'hdnts', 'hdnea'],
  ...['X-Vercel-Protection-Bypass', 'appsecret_proof', 'SecretBinary', 'SecretString', 'macaroon', 'X-Macaroon'],
  ...['unseal_keys', 'twofactor_code', 'motdepasse', 'mot_de_passe', 'contraseña', 'senha', 'wachtwoord'],
];

/** Names in other languages, and of vendors, that no table above has; then their kin that are none. */
const MORE_SECRET = [
  ...[
    'пароль',
    'user_пароль',
    '%D0%BF%D0%B0%D1%80%D0%BE%D0%BB%D1%8C',
    '密码',
    '登录密码',
    'API密钥',
    '口令',
    'パスワード',
  ],
  ...[
    'ログインパスワード',
    '비밀번호',
    'סיסמה',
    'hasło',
    'haslo',
    'nowe_haslo',
    'heslo',
    'geslo',
    'jelszó',
    'şifre',
    'sifre',
  ],
  ...[
    'lösenord',
    'losenord',
    'passord',
    'brukerpassord',
    'adgangskode',
    'salasana',
    'parolă',
    'contrasenya',
    'benutzerpasswort',
  ],
  ...['X-WP-Nonce', '_wpnonce', 'wpnonce', 'security_answer', 'securityAnswer', 'secret-answer', 'puk', 'sim_puk'],
  ...[
    'unlockCode',
    'unlock_code',
    'pairing_code',
    'SessionTicket',
    'sessionTicket',
    'authTicket',
    'login_ticket',
    'ws_ticket',
  ],
  ...[
    'CF-Access-Client-Secret',
    'CF-Access-Jwt-Assertion',
    'DD-APPLICATION-KEY',
    'X-MBX-APIKEY',
    'CB-ACCESS-PASSPHRASE',
  ],
  ...[
    'SUPABASE_SERVICE_ROLE_KEY',
    'Svix-Signature',
    'Helicone-Auth',
    'xi-api-key',
    'MERCURE_PUBLISHER_JWT_KEY',
    'Ably-Key',
  ],
  ...[
    '.AspNetCore.Cookies',
    '__Secure-next-auth.session-token',
    '__RequestVerificationToken',
    'moodlewstoken',
    'REDISCLI_AUTH',
  ],
  ...[
    'X-Amz-Cf-Signature',
    'OSSAccessKeyId',
    'x-hasura-admin-secret',
    'X-Parse-Session-Token',
    'HUGGINGFACEHUB_API_TOKEN',
  ],
];
const MORE_HARMLESS = [
  ...[
    'assertions',
    'test_assertions',
    'delta_token',
    'deltaToken',
    '$deltatoken',
    'startingToken',
    'ClientRequestToken',
  ],
  ...[
    'idempotencyToken',
    'x-amz-idempotency-token',
    'concurrency_token',
    'sharding_key',
    'experimentKey',
    'variantKey',
  ],
  ...['reactKey', 'accessorKey', 'xAxisKey', 'chartKey', 'schemaKey', 'typeKey', 'enumKey', 'thread_key', 'dictKey'],
  ...[
    'palabra_clave',
    'claves',
    'nonce',
    'cnonce',
    'unlock',
    'answer',
    'security_answer_count',
    'ticketType',
    'pairing',
  ],
  ...[
    'tokensPerSecond',
    'promptTokenCount',
    'reasoning_tokens',
    'audioTokens',
    'tokenTypeIds',
    'logit_bias',
    'keyPoints',
  ],
  ...[
    'keyResults',
    'hotkey',
    'registryKey',
    'i18nKey',
    'featureKey',
    'passRate',
    'passport',
    'bypassCache',
    'cookieDomain',
  ],
  ...[
    'sessionState',
    'author_id',
    'signal_strength',
    'pinnedAt',
    'patVersion',
    'mac_address',
    'otpEnabled',
    'jwtIssuer',
  ],
  ...[
    'jwks_uri',
    'keyVaultName',
    'secretKeyRef',
    'tokenSymbol',
    'nextToken',
    'NextShardIterator',
    'X-Tokens-Remaining',
  ],
];

/** Harmless names that look like those of secrets, with the reason. */
const HARMLESS: [reason: string, names: string[]][] = [
  [
    'a count',
    ['max_tokens', 'maxTokens', 'maxtokens', 'max_completion_tokens', 'min_tokens', 'num_tokens', 'n_tokens'],
  ],
  ['a count', ['prompt_tokens', 'completion_tokens', 'total_tokens', 'totaltokens', 'input_tokens', 'outputTokens']],
  [
    'a count',
    ['cached_tokens', 'cache_read_input_tokens', 'budget_tokens', 'thinking_tokens', 'token_count', 'tokens_left'],
  ],
  [
    'a count',
    ['session_count', 'sessions', 'password_length', 'otp_length', 'cookies_total', 'price_per_token', 'passes'],
  ],
  ['what is left', ['x-ratelimit-limit-tokens', 'X-RateLimit-Remaining-Tokens', 'anthropic-ratelimit-tokens-reset']],
  ['what is left', ['x-rate-limit-key', 'ratelimit-token']],
  ['a place in a list', ['page_token', 'next_page_token', 'nextPageToken', 'nextpagetoken', 'pageToken', 'next_token']],
  ['a place in a list', ['continuation_token', 'sync_token', '$skiptoken', 'resume_token', 'cursor', 'progressToken']],
  ['a piece of text', ['stop_token', 'eos_token', 'pad_token', 'special_tokens', 'skip_special_tokens', 'stop_tokens']],
  [
    'another last word',
    ['token_type', 'token_endpoint', 'token_budget', 'subject_token_type', 'client_assertion_type'],
  ],
  [
    'another last word',
    ['pin_color', 'pinColor', 'access_level', 'auth_type', 'auth_method', 'password_policy', 'key_usage'],
  ],
  [
    'another last word',
    ['cookie_consent', 'cookie_policy', 'session_name', 'session_duration', 'secret_santa', 'keyframe'],
  ],
  [
    'another last word',
    ['signature_algorithm', 'signed_at', 'SignedHeaders', 'X-Amz-SignedHeaders', 'Signature-Input'],
  ],
  [
    'another last word',
    ['authorization_endpoint', 'credential_type', 'ticket_id', 'cookie_name', 'token_url', 'secret_name'],
  ],
  [
    'another word',
    ['author', 'authors', 'authority', ':authority', 'authentic', 'passenger', 'compass', 'bypass', 'trespass'],
  ],
  ['another word', ['encompass', 'underpass', 'overpass', 'surpass', 'lowpass', 'bandpass', 'multipass']],
  [
    'another word',
    ['keyboard', 'keyword', 'keywords', 'monkey', 'turkey', 'whiskey', 'tokenizer', 'tokenize', 'secretary'],
  ],
  [
    'another word',
    ['design', 'signal', 'assign', 'pinned', 'spin', 'opinion', 'pattern', 'path', 'spat', 'obsession', 'sidebar'],
  ],
  [
    'another word',
    ['cookiecutter', 'passage', 'hotpot', 'patient', 'accessories', 'encode', 'codec', 'bearing', 'ticketing'],
  ],
  [
    'the key of no lock',
    ['sort_key', 'sortKey', 'primary_key', 'foreign_key', 'partition_key', 'cache_key', 'object_key'],
  ],
  [
    'the key of no lock',
    ['node_key', 'edge_key', 'category_key', 'blob_key', 'nodeKey', 'document_key', 'path_key', 'filter_key'],
  ],
  ['another word', ['sas_expiry', 'catchphrase', 'barcode', 'zipcode', 'qrcode', 'phrase']],
  [
    'the key of no lock',
    ['prompt_cache_key', 'Surrogate-Key', 'routing_key', 'issue_key', 'translation_key', 'group_key', 'keys'],
  ],
  // Public: it only says that two requests are the same.
  ['a request’s name', ['Idempotency-Key', 'idempotency_key', 'x-request-id', 'X-Correlation-Id', 'traceparent']],
  // Sent to everyone. The id of a key only identifies it.
  ['public', ['public_key', 'publicKey', 'publishable_key', 'site_key', 'key_id', 'kid', 'Key-Pair-Id', 'client_id']],
  // A nonce of the handshake (RFC 6455 §4.1).
  ['public', ['Sec-WebSocket-Key', 'code_challenge', 'nonce', 'state', 'username', 'user', 'email', 'account_sid']],
  // MCP's servers require it in each request, and it "must not be used for authentication".
  ['a name of a conversation', ['Mcp-Session-Id', 'mcp-session-id', 'mcpSessionId', 'training_session']],
  [
    'a setting',
    ['use_cookies', 'allow_credentials', 'withCredentials', 'Access-Control-Allow-Credentials', 'has_password'],
  ],
  ['a setting', ['requires_auth', 'is_secret', 'show_password', 'skip_auth', 'enable_totp', 'accept_cookies']],
  [
    'a code for all',
    ['country_code', 'countryCode', 'zip_code', 'status_code', 'error_code', 'language_code', 'promo_code'],
  ],
  [
    'what may come back',
    ['Accept', 'Accept-Encoding', 'Content-Type', 'Content-Length', 'User-Agent', 'Cache-Control', 'Pragma'],
  ],
  [
    'where it goes',
    ['Host', 'Origin', 'Referer', 'Last-Event-ID', 'url', 'id', 'model', 'q', 'data', 'value', 'hash', 'x'],
  ],
  [
    'a place in a list',
    ['nextSyncToken', 'prevPageToken', 'start_token', 'workDoneToken', 'partialResultToken', 'work_done_token'],
  ],
  ['a piece of text', ['pricePerToken', 'designToken', 'semantic_token', 'bos_token', 'unk_token']],
  ['a coin', ['from_token', 'toToken', 'base_token', 'quoteToken']],
  [
    'the key of no lock',
    [
      'topologyKey',
      'flagKey',
      'contextKey',
      'context_key',
      's3Key',
      'group_by_key',
      'dedupe_key',
      'parent_issue_key',
      'answer_key',
    ],
  ],
  ['a reference', ['imagePullSecrets', 'image_pull_secrets']],
  [
    'a thing',
    ['map_pin', 'gpio_pin', 'pins', 'boarding_pass', 'render_pass', 'function_signature', 'time_signature', 'seed'],
  ],
];

test.each([...SECRET, ...ALSO_SECRET, ...SECRET_BY_ALL_WORDS, ...SECRET_OF_VENDORS, ...MORE_SECRET])(
  '“%s” is the name of a secret, wherever it stands',
  (name) => {
    expect(EVERYWHERE.filter((place) => !isSecretName(name, place))).toEqual([]);
  },
);

for (const [reason, names] of HARMLESS)
  test.each(names)(`“%s” is none: ${reason}`, (name) => {
    expect(EVERYWHERE.filter((place) => isSecretName(name, place))).toEqual([]);
  });

test.each(MORE_HARMLESS)('“%s” is none', (name) => {
  expect(EVERYWHERE.filter((place) => isSecretName(name, place))).toEqual([]);
});

test('the tables have a minimum size, and no duplicates', () => {
  const harmless = HARMLESS.flatMap(([, names]) => names);
  expect([new Set(SECRET).size, new Set(harmless).size]).toEqual([SECRET.length, harmless.length]);
  expect(Math.min(SECRET.length, harmless.length, MORE_SECRET.length, MORE_HARMLESS.length)).toBeGreaterThanOrEqual(60);
});

test.each<[string, NamePlace[]]>([
  // OAuth's code, in the URL and in the form that requests a token; in JSON, a code is a country's or an error's.
  ['code', ['parameter']],
  ['sign', ['header', 'parameter']],
  ['X-Sign', ['header', 'parameter']],
  ['X-BAPI-SIGN', ['header']],
  ['zodiac_sign', ['header']],
  ['KC-API-SIGN', ['header', 'parameter', 'member']],
  // Harmless as a namespace of XML.
  ['X-WSSE', ['header']],
  // In a body, a key is what something is sorted by, a filter's field, or a file's name in S3.
  ['key', ['header', 'parameter']],
  ['Key', ['header', 'parameter']],
  // In Spanish, a password or any code.
  ['clave', ['header', 'parameter']],
  // Facebook has it in URLs and data.
  ['signed_request', ['parameter', 'member']],
  // CAS has a ticket in the URL; in JSON, it is a help desk's.
  ['ticket', ['header', 'parameter']],
  ['X-Ticket', ['header', 'parameter']],
  ['access', ['header', 'parameter']],
  ['X-Access', ['header', 'parameter']],
  ['Sec-WebSocket-Protocol', ['header']],
  // Headers of New Relic and Flagsmith; in data, these names say what is queried, and where.
  ['X-Query-Key', ['header']],
  ['X-Environment-Key', ['header']],
  ['stringData', ['member']],
  ['SAMLResponse', ['parameter', 'member']],
])('“%s” is a secret only as %j', (name, places) => {
  expect(EVERYWHERE.filter((place) => isSecretName(name, place))).toEqual(places);
});

test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'])('%s is a name like others', (name) => {
  for (const place of ['header', 'parameter', 'member'] as const)
    for (const written of [name, `${name}!`]) expect(isSecretName(written, place)).toBe(false);
  expect(isSecretName(`${name}_token`, 'member')).toBe(true);
});

test('a text of more than 200 characters isn’t a name', () => {
  expect(isSecretName(`${'a-'.repeat(97)}token`, 'header')).toBe(true);
  expect(isSecretName(`${'a-'.repeat(98)}token`, 'header')).toBe(false);
});

test('a name whose characters normalize to sentences is read to its end', () => {
  expect(isSecretName(`${'\ufdfa'.repeat(185)} api_key`, 'member')).toBe(true);
});

test('members of a session or a key are considered one by one; credentials are secret as a whole', () => {
  expect(['session', 'auth', 'authentication', 'user'].filter(isSecretObject)).toEqual([]);
  expect(['credentials', 'tokens', 'password', 'client_secret'].filter((name) => !isSecretObject(name))).toEqual([]);
});

test('tokens that are numbers are harmless', () => {
  expect(isHarmlessValue('tokens', '500')).toBe(true);
  expect(isHarmlessValue('tokens', '[1, 2, 3]')).toBe(true);
  expect(isHarmlessValue('tokens', '["a", "b"]')).toBe(false);
  expect(isHarmlessValue('token', '123')).toBe(false);
  expect(isHarmlessValue('image_token', '32000')).toBe(true);
  expect(isHarmlessValue('image_token', 'abc')).toBe(false);
});

test('a key or pass with up to three digits, and an authentication scheme, are harmless', () => {
  expect(['1', '404', '4711', 'a'].map((value) => isHarmlessValue('pass', value))).toEqual([true, true, false, false]);
  expect(['pin', 'api_key', 'cvv'].filter((name) => isHarmlessValue(name, '123'))).toEqual([]);
  expect(['none', 'Basic', 'S'].map((value) => isHarmlessValue('auth', value))).toEqual([true, true, false]);
  expect(isHarmlessValue('password', 'none')).toBe(false);
});
