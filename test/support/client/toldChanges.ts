import type { Change, ToInspectorPage } from '../../../src/messages/inspector';

/** What a page is told, one thing after the other. */
export type Told = ToInspectorPage | Change;

/** Takes what comes in one message apart. */
export function apart(messages: readonly ToInspectorPage[]): Told[] {
  return messages.flatMap((message): Told[] => (message.type === 'update' ? message.changes : [message]));
}
