import type { TopDirective } from '../directive';
import type { Problem } from '../script';
import { defaultReply, MAX_HEADERS, type ScriptReply } from '../scriptReply';

/** Builder of how requests are replied to, from the directives at the top of a script. */
export class ReplyBuilder {
  #method: 'GET' | 'POST' = 'GET';
  #reply = defaultReply();

  get method(): 'GET' | 'POST' {
    return this.#method;
  }

  get reply(): ScriptReply {
    return this.#reply;
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
      case 'method':
        this.#method = directive.method;
        this.#reply = { ...reply, resumesByGet: directive.resumesByGet };
    }
    return undefined;
  }
}
