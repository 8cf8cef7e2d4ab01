import { parseScript } from '../../../src/script/parseScript';
import type { Script, Step } from '../../../src/script/script';

/** A script of a file in UTF-8. */
export function newScript(text: string): Script {
  return parseScript(new TextEncoder().encode(text));
}

/** What a script sends, in one piece. */
export function sentBy(script: Script): Buffer {
  return Buffer.concat(script.steps.map((step) => (step.kind === 'send' ? step.bytes : new Uint8Array())));
}

/** A step in one line: `> ` and what it sends, or what it does. */
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
