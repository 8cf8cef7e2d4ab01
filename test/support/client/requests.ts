import type { StreamRequest } from '../../../src/client/request/streamRequest';

export function get(url: string, ...headers: [string, string][]): StreamRequest {
  return { method: 'GET', url, headers, insecure: false };
}

export function post(body: string): StreamRequest {
  return { ...get('http://a/'), method: 'POST', body };
}
