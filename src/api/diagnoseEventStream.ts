import { checkedDiagnoseOptions } from './diagnosis/diagnoseOptions';
import type { DiagnoseOptions, StreamDiagnosis } from './diagnosis/diagnosis';
import { readyRequest } from './reading/readyRequest';
import type { RequestLocation } from './reading/streamEvent';

/**
 * Explains why a stream is late, cut, refused or incomplete: asks for it as given, and then, if it is a GET, in other ways. Only GET,
 * HEAD and OPTIONS are sent beside the request itself, at most three at once, for at most 10 s and 64 KB each and 30 s in all.
 * Credentials go to their own origin only. HTTPS_PROXY, HTTP_PROXY and NO_PROXY are obeyed.
 * @throws {TypeError} if `origin` or `compare` isn't one, or another option is of a wrong kind
 * @throws {RequestError} if the request can't be made as it is given
 * @throws {StreamError} if there was no response: what a response says, such as 401, is a finding
 */
export async function diagnoseEventStream(
  request: RequestLocation,
  options: DiagnoseOptions = {},
): Promise<StreamDiagnosis> {
  const own = checkedDiagnoseOptions(options);
  // Loaded when it is needed: the rules and their sentences are as large as a server and a reader.
  const { requestDiagnosis } = await import('./diagnosis/requestDiagnosis');
  return requestDiagnosis(await readyRequest(request), own);
}
