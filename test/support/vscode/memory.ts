import type { Memento } from 'vscode';

/** A fake of VS Code's `Memento`, which stores copies of its values, as VS Code stores JSON. */
export class FakeMemory implements Memento {
  readonly values: Map<string, unknown>;

  constructor(values = new Map<string, unknown>()) {
    this.values = values;
  }

  keys = () => [...this.values.keys()];
  get = (key: string, fallback?: unknown) => structuredClone(this.values.get(key) ?? fallback);
  update = async (key: string, value: unknown) => void this.values.set(key, structuredClone(value));
}
