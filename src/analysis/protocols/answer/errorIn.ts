import { fullText, type Json, type JsonObject, objectIn } from '../json/json';

/** Error that a server reports in a stream. */
export interface ServerError {
  message: string;
  /** Its code, or its type. */
  code: Json | undefined;
}

/** Returns the error of `{"error": …}`, a text or an object; undefined if there is none. */
export function errorIn(value: JsonObject): ServerError | undefined {
  const error = value['error'];
  if (typeof error === 'string' && error !== '') return { message: error, code: undefined };
  const object = objectIn(error);
  return object && errorOf(object);
}

/** Returns the error that an object is: its message, and what else tells its kind. */
export function errorOf(object: JsonObject): ServerError {
  const [message, code, type, status] = ['message', 'code', 'type', 'status'].map((name) => object[name]);
  const kind = [code, type, status].find((one) => typeof one === 'number' || fullText(one) !== undefined);
  return { message: fullText(message) ?? '', code: kind };
}
