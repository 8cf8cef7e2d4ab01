import type { RequestForm } from '../../../src/messages/inspector';

/** A form for a GET of `http://a/`, but for what is given. */
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
