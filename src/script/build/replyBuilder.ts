import { MAX_CONDITIONS } from '../condition';
import type { TopDirective } from '../directive';
import type { Problem } from '../script';
import { defaultReply, MAX_HEADERS, type ScriptReply } from '../scriptReply';

/** Builder of how requests are replied to, from the directives at the top of a script. */
export class ReplyBuilder {
  #method: 'GET' | 'POST' = 'GET';
  #reply = defaultReply();
  #isFilled = false;

  get method(): 'GET' | 'POST' {
    return this.#method;
  }

  get reply(): ScriptReply {
    return this.#reply;
  }

  /** Whether places are filled in. */
  get isFilled(): boolean {
    return this.#isFilled;
  }

  /** Adds a directive. @returns the problem if there are too many of its kind; else undefined */
  add(directive: TopDirective): Problem['code'] | undefined {
    const reply = this.#reply;
    switch (directive.name) {
      case 'header':
        this.#reply = { ...reply, headers: [...reply.headers, directive.header] };
        return reply.headers.length < MAX_HEADERS ? undefined : 'tooManyHeaders';
      case 'path':
        this.#reply = { ...reply, path: directive.path };
        break;
      case 'head':
        this.#reply = { ...reply, headDelay: directive.milliseconds };
        break;
      case 'unknown-id':
        this.#reply = { ...reply, unknownId: directive.reply };
        break;
      case 'when':
        this.#reply = { ...reply, when: [...reply.when, directive.condition] };
        return reply.when.length < MAX_CONDITIONS ? undefined : 'tooManyConditions';
      case 'fill':
        this.#isFilled = true;
        break;
      case 'method':
        this.#method = directive.method;
        this.#reply = { ...reply, resumesByGet: directive.resumesByGet };
    }
    return undefined;
  }
}
