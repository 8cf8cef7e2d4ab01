// Replaces @vscode/spdlog in the embedded VS Code, where the real one would have to be compiled: without it, logs and output
// channels would be empty. It has the part of the interface that VS Code uses; no rotation.
// @ts-nocheck: TypeScript takes these for imports, which it forbids in CommonJS.
const { appendFileSync, mkdirSync } = require('node:fs');
const { dirname } = require('node:path');

const LEVELS = /** @type {const} */ (['trace', 'debug', 'info', 'warn', 'error', 'critical']);

class Logger {
  #level = 0;
  #formatted = true;

  /** @param {string} file */
  constructor(file) {
    mkdirSync(dirname(file), { recursive: true });
    /** @param {(typeof LEVELS)[number]} name @param {string} message */
    this.write = (name, message) => {
      if (LEVELS.indexOf(name) < this.#level) return;
      const time = new Date().toISOString().replace('T', ' ').slice(0, -1);
      appendFileSync(file, this.#formatted ? `${time} [${name}] ${message}\n` : message);
    };
  }

  getLevel() {
    return this.#level;
  }

  /** @param {number} level an index into LEVELS, or 6 for off */
  setLevel(level) {
    this.#level = level;
  }

  clearFormatters() {
    this.#formatted = false;
  }

  setPattern() {}
  flush() {}
  drop() {}
}

for (const name of LEVELS) {
  Object.defineProperty(Logger.prototype, name, {
    /** @this {Logger} @param {string} message */
    value(message) {
      this.write(name, message);
    },
  });
}

/** @param {string} _name @param {string} file */
const createLogger = async (_name, file) => new Logger(file);

// Assigned one by one, so that VS Code's import() finds each name.
exports.version = 0;
exports.setLevel = () => undefined;
exports.setFlushOn = () => undefined;
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
