/** Where a Redis is, and how to log in. */
export interface RedisAddress {
  /** Whether TLS is spoken. */
  isSecure: boolean;
  host: string;
  port: number;
  /** Number of the database. */
  database: number;
  username: string | undefined;
  password: string | undefined;
}

const PORT = 6379;
/** Maximum length of an address, in UTF-16 code units. */
const MAX_LENGTH = 4096;
/** Maximum length of a stream's name, in bytes; Redis itself takes 512 MB. */
const MAX_NAME = 1024;

const FORM =
  'A Redis is given as redis://HOST:6379, or rediss://HOST:6379 with TLS; user and password as in redis://USER:PASSWORD@HOST, or by REDIS_URL.';

/** Error for an address that can't be one. Its message never repeats the address, which may hold a password. */
export class RedisAddressError extends TypeError {
  override readonly name = 'RedisAddressError';
}

/** Whether a text is meant as the URL of a Redis. */
export function isRedisUrl(text: string): boolean {
  return /^rediss?:/i.test(text);
}

/**
 * Whether a text is meant as a URL, also one with user and password and no scheme, and so isn't a file's name, which messages repeat:
 * `valkey://:PASSWORD@HOST`, `redis//:PASSWORD@HOST`, `USER:PASSWORD@HOST`.
 */
export function isAnyUrl(text: string): boolean {
  return isRedisUrl(text) || /^[a-z][a-z0-9+.-]+:\/\/|^(?:redis|valkey)s?\b.*@|^[^\s/\\]*:[^\s/\\]*@/i.test(text);
}

/**
 * Reads the address of a Redis. User and password come from `REDIS_URL` if the address has none and both name the same host
 * and port: they are never sent to another.
 * @param text `redis://[[USER]:PASSWORD@]HOST[:PORT][/DATABASE]`; without a host, `REDIS_URL` is the address
 * @throws {RedisAddressError}
 */
export function readAddress(text: string, fromEnvironment = process.env['REDIS_URL']): RedisAddress {
  const isBare = /^rediss?:(?:\/\/\/?)?$/i.test(text);
  if (isBare && !fromEnvironment)
    throw new RedisAddressError(`There is no host, and no REDIS_URL that names one. ${FORM}`);
  const address = isBare ? undefined : parsed(text, 'The address');
  if (address && (address.username !== undefined || address.password !== undefined || !fromEnvironment)) return address;
  const known = parsed(fromEnvironment ?? '', 'REDIS_URL');
  if (!address) return known;
  const isSame = known.host === address.host && known.port === address.port && known.isSecure === address.isSecure;
  return isSame ? { ...address, username: known.username, password: known.password } : address;
}

/** Splits `redis://HOST:PORT/STREAM` into the address and the stream's name; `?db=1` names a database. @throws {RedisAddressError} */
export function splitStreamUrl(text: string): { redis: string; stream: string } {
  const [, origin = '', path = '', query = ''] = /^(rediss?:\/\/[^/?#]*)\/?([^?#]*)(?:\?([^#]*))?$/i.exec(text) ?? [];
  if (origin === '') throw new RedisAddressError(`A stream is given as redis://HOST:6379/STREAM. ${FORM}`);
  const [, database] = /^db=(\d{1,5})$/.exec(query) ?? [];
  if (query !== '' && database === undefined)
    throw new RedisAddressError('Behind the stream, only ?db=NUMBER is known.');
  const stream = streamName(decoded(path) ?? '');
  return { redis: origin + (database === undefined ? '' : `/${database}`), stream };
}

/** Returns the URL of a stream without user and password, for people. @throws {RedisAddressError} */
export function shownStreamUrl(text: string): string {
  const { redis, stream } = splitStreamUrl(text);
  const address = readAddress(redis);
  const { database } = address;
  return `${shownAddress({ ...address, database: 0 })}/${encodeURIComponent(stream)}${database === 0 ? '' : `?db=${database}`}`;
}

/** Returns the name of a stream. @throws {RedisAddressError} if it is empty or too long */
export function streamName(name: string): string {
  if (typeof name !== 'string' || name === '')
    throw new RedisAddressError('There is no stream. It is a name such as orders: redis://HOST:6379/orders.');
  if (Buffer.byteLength(name) > MAX_NAME) throw new RedisAddressError(`A stream’s name has at most ${MAX_NAME} bytes.`);
  return name;
}

/** Returns an address without user and password, for people. */
export function shownAddress({ isSecure, host, port, database }: RedisAddress): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return `redis${isSecure ? 's' : ''}://${name}:${port}${database === 0 ? '' : `/${database}`}`;
}

function parsed(text: string, subject: string): RedisAddress {
  const url = typeof text === 'string' && text.length <= MAX_LENGTH && URL.canParse(text) ? new URL(text) : undefined;
  const [, database = '0'] = /^\/?(\d{1,5})?$/.exec(url?.pathname ?? '?') ?? [undefined, undefined];
  const isRedis = url?.protocol === 'redis:' || url?.protocol === 'rediss:';
  if (!url || !isRedis || url.hostname === '' || !/^\/?\d{0,5}$/.test(url.pathname) || url.search || url.hash)
    throw new RedisAddressError(`${subject} is no URL of a Redis. ${FORM}`);
  const [username, password] = [decoded(url.username), decoded(url.password)];
  if (username === undefined || password === undefined)
    throw new RedisAddressError(`${subject} has a user or password that isn’t percent-encoded: write % as %25.`);
  return {
    isSecure: url.protocol === 'rediss:',
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? PORT : Number(url.port),
    database: Number(database),
    username: username || undefined,
    password: password || undefined,
  };
}

/** Decodes percent-encoding; undefined if it is malformed. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
