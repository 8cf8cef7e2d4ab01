import { basename } from 'node:path';
import { ownPath } from '../../folder/ownPath';
import type { Script } from '../../script/script';
import { ScriptSource } from '../../server/script/scriptSource';
import type { ScriptSourceOptions } from '../../server/script/scriptSourceOptions';
import type { ContentWatch, MockContent } from './mockContent';
import type { ScriptFile } from './scriptFile';
import { ScriptWatch } from './scriptWatch';

/** A script that is served alone. */
export class ScriptContent implements MockContent {
  readonly #file: ScriptFile;
  readonly #script: Script;

  private constructor(file: ScriptFile, script: Script) {
    [this.#file, this.#script] = [file, script];
  }

  /** Reads a script. @throws {ScriptError} if it can't be read, or has errors */
  static async read(file: ScriptFile): Promise<ScriptContent> {
    return new ScriptContent(file, await file.read());
  }

  newSource(options: ScriptSourceOptions): ScriptSource {
    const path = this.#file.path === undefined ? undefined : ownPath(basename(this.#file.path));
    return new ScriptSource(this.#script, { ...options, path });
  }

  watch(source: ScriptSource, onRead: (problem: string | undefined) => void): ContentWatch {
    return new ScriptWatch(this.#file.path ?? '', {
      file: this.#file,
      onScript: (script) => source.load(script),
      onRead,
    });
  }
}
