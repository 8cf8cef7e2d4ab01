import type { RequestListener } from 'node:http';
import type { Page } from '@playwright/test';

/** Serves the text as a whole stream, which ends. */
export function whole(text: string): RequestListener {
  return (request, response) => {
    request.resume();
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).end(text);
  };
}

/** Returns a command that sends a request which isn't repeated when the stream has ended. */
export function posted(url: string): string {
  return `curl -d '{}' ${url}`;
}

/** Returns an event of a chat completion. */
export function chatEvent(delta: object, more: object = {}): string {
  const chunk = { id: 'c1', object: 'chat.completion.chunk', model: 'm', choices: [{ index: 0, delta, ...more }] };
  return `data: ${JSON.stringify(chunk)}\n\n`;
}

/** Returns the parts of the view with the result. */
export function resultOf(page: Page) {
  return {
    panel: page.locator('#result'),
    tab: page.locator('#resultTab'),
    items: page.locator('#answers .item'),
    figures: page.locator('#answers .figures'),
    chips: page.locator('#answers .chip'),
    end: page.locator('#resultEnd'),
  };
}
