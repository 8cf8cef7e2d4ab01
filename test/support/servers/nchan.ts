// nginx with nchan, a server of event streams.
import { expect, onTestFinished } from 'vitest';
import { type Nginx, startNginx } from './nginx';

/** Number of messages that it keeps. */
export const COUNT = 20;

/** Lines of nginx's server. `/brief` ends a stream after a second. */
const SERVER = `
  nchan_subscriber_first_message oldest;
  nchan_message_buffer_length ${COUNT};
  location = /publish { nchan_channel_id test; nchan_publisher; }
  location = /subscribe { nchan_channel_id test; nchan_subscriber eventsource; }
  location = /brief { nchan_channel_id test; nchan_subscriber eventsource; nchan_subscriber_timeout 1; }`;

/** Starts an nginx with nchan, which is stopped after the test. */
export async function startNchan(): Promise<Nginx> {
  const nginx = await startNginx(SERVER);
  onTestFinished(() => nginx.stop());
  return nginx;
}

/** The status of nchan's channel. */
interface Channel {
  subscribers: number;
  last_message_id: string;
}

export async function askChannel(url: string, options: RequestInit = {}): Promise<Channel> {
  const headers = { ...options.headers, Accept: 'text/json' };
  const response = await fetch(`${url}publish`, { ...options, headers });
  expect(response.ok).toBe(true);
  return (await response.json()) as Channel;
}

/** Publishes an event. @returns the id that nchan gave it */
export async function publish(url: string, data: string, event?: string): Promise<string> {
  const headers = event === undefined ? {} : { 'X-EventSource-Event': event };
  return (await askChannel(url, { method: 'POST', headers, body: data })).last_message_id;
}
