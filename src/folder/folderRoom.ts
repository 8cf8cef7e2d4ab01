import type { Script } from '../script/script';
import { MAX_MEMORY, MAX_SIZE } from './folderLimits';

/** The parts of a file that stay in memory. */
interface Content {
  script?: Script | undefined;
  json?: Uint8Array | undefined;
}

/** The room that a folder's files have together, in bytes: of their sizes, and in memory. */
export interface FolderLimits {
  size: number;
  memory: number;
}

export const FOLDER_LIMITS: FolderLimits = { size: MAX_SIZE, memory: MAX_MEMORY };

/** The room that is left in a folder, as its files are read one after the other. */
export class FolderRoom {
  #size: number;
  /** Number of bytes that may be read of files for which there is no memory, beside those of the others: reading takes time. */
  #spare: number;
  #memory: number;

  constructor({ size, memory }: FolderLimits) {
    [this.#size, this.#spare, this.#memory] = [size, size, memory];
  }

  /** Whether a file of that size, in bytes, may be read. */
  hasSize(size: number): boolean {
    return size <= this.#size;
  }

  /** Whether there is so much memory, in bytes. */
  hasMemory(memory: number): boolean {
    return memory <= this.#memory;
  }

  /** Takes a file's size, in bytes. @param isServed whether it stays in memory; the others take size only when there are many */
  takeSize(size: number, isServed: boolean): void {
    const spared = isServed ? 0 : Math.min(size, this.#spare);
    this.#spare -= spared;
    this.#size -= size - spared;
  }

  /** Takes the memory of a file's content; returns whether there was so much. */
  takeMemory(content: Content): boolean {
    const memory = memoryOf(content);
    if (!this.hasMemory(memory)) return false;
    this.#memory -= memory;
    return true;
  }
}

/** Returns the memory that a file's content takes, in bytes. */
export function memoryOf({ script, json }: Content): number {
  return (script?.memory ?? 0) + (json?.byteLength ?? 0);
}
