import type { RequestForm } from '../../../src/messages/inspector';

/** Returns a form for a GET of `http://a/`, with the given changes. */
export function form(more: Partial<RequestForm> = {}): RequestForm {
  return {
    method: 'GET',
    url: 'http://a/',
    headers: '',
    body: '',
    lastEventId: '',
    insecure: false,
    reconnect: true,
    ...more,
  };
}
