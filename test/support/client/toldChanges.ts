import type { Change, ToInspectorPage } from '../../../src/messages/inspector';

/** A single message or change that is posted to a page. */
export type Told = ToInspectorPage | Change;

/** Splits messages into their single changes. */
export function apart(messages: readonly ToInspectorPage[]): Told[] {
  return messages.flatMap((message): Told[] => (message.type === 'update' ? message.changes : [message]));
}
