import { parseScript } from '../../../src/script/parseScript';
import type { Script, Step } from '../../../src/script/script';

/** Returns the script of a file with the given text, in UTF-8. */
export function newScript(text: string): Script {
  return parseScript(new TextEncoder().encode(text));
}

/** Returns all bytes that a script sends. */
export function sentBy(script: Script): Buffer {
  return Buffer.concat(script.steps.map((step) => (step.kind === 'send' ? step.bytes : new Uint8Array())));
}

/** Returns a step as a line: `> ` and the text that it sends, or its kind. */
export function brief(step: Step): string {
  switch (step.kind) {
    case 'send':
      return `> ${Buffer.from(step.bytes)}`;
    case 'status':
      return `status ${step.status} ${step.retryAfter}`;
    default:
      return step.kind;
  }
}
