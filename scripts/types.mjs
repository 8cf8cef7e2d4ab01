// The types of the API, in one file that needs no other. `tsc` writes a declaration file for each source; what index.ts exports, and
// what that names, is copied from these.
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { run } from './process.mjs';

const TSC = 'node_modules/typescript/bin/tsc';
/** Beginning of a declaration, which `tsc` writes at the beginning of a line. */
const DECLARATION =
  /^(?:export )?(?:declare )?(?:abstract )?(?:interface|type|class|function|const|enum) ([A-Za-z_$][\w$]*)/;

/**
 * @typedef {{ text: string, file: string, isType: boolean }} Declaration
 * @typedef {{ declarations: Map<string, Declaration>, imports: Map<string, { from: string, name: string }> }} Module
 */

/** Writes the types of the API. @param {string} outfile */
export async function writeTypes(outfile) {
  await mkdir('dist', { recursive: true });
  const folder = await mkdtemp('dist/types-');
  try {
    const options = [
      '--declaration',
      '--emitDeclarationOnly',
      '--noEmit',
      'false',
      '--rootDir',
      'src',
      '--outDir',
      folder,
    ];
    await run(process.execPath, [TSC, '-p', 'tsconfig.node.json', ...options]);
    const types = await new Types(join(folder, 'api/index.d.ts')).text();
    await mkdir(dirname(outfile), { recursive: true });
    await writeFile(outfile, types);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The declarations that an entry exports, and all that they name. */
class Types {
  /** @type {Map<string, Module>} */
  #modules = new Map();
  /** @type {Map<string, Declaration>} */
  #taken = new Map();
  #entry;

  /** @param {string} entry */
  constructor(entry) {
    this.#entry = entry;
  }

  async text() {
    const { imports, declarations } = await this.#module(this.#entry);
    if (declarations.size > 0) throw new Error('The API’s index.ts may only export what others declare.');
    for (const [name, { from }] of imports) await this.#take(from, name);
    const names = [...imports.keys()].sort();
    const parts = [...this.#taken].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { text }]) => text);
    const isType = (/** @type {string} */ name) => this.#taken.get(name)?.isType;
    const exported = names.map((name) => (isType(name) ? `type ${name}` : name)).join(', ');
    const types = `/// <reference lib="esnext.disposable" />\n\n${parts.join('\n\n')}\n\nexport { ${exported} };\n`;
    const gap = /\bimport\(|\bany\b(?=[\s;,)\]>|])/.exec(types.replace(/\/\*[\s\S]*?\*\//g, ''))?.[0];
    if (gap !== undefined) throw new Error(`The API's types have a gap: ${gap}`);
    return types;
  }

  /** Takes a declaration, and all that it names. @param {string} file @param {string} name @returns {Promise<void>} */
  async #take(file, name) {
    const { declarations, imports } = await this.#module(file);
    const imported = imports.get(name);
    if (imported) {
      if (imported.name !== name) throw new Error(`${name} of ${file} has two names.`);
      return this.#take(imported.from, name);
    }
    const declaration = declarations.get(name);
    if (!declaration) return;
    const before = this.#taken.get(name);
    if (before && before.file !== file) throw new Error(`${name} is declared in ${file} and in ${before.file}.`);
    if (before) return;
    this.#taken.set(name, declaration);
    const code = declaration.text.replace(/\/\*[\s\S]*?\*\//g, '');
    for (const [word] of code.matchAll(/[A-Za-z_$][\w$]*/g)) await this.#take(file, word);
  }

  /** @param {string} file @returns {Promise<Module>} */
  async #module(file) {
    const known = this.#modules.get(file);
    if (known) return known;
    const made = moduleOf(file, await readFile(file, 'utf8'));
    this.#modules.set(file, made);
    return made;
  }
}

/** @param {string} file @param {string} source @returns {Module} */
function moduleOf(file, source) {
  const module = { declarations: new Map(), imports: new Map() };
  for (const [, names = '', from = ''] of source.matchAll(
    /^(?:import|export) (?:type )?\{([^}]*)\} from '([^']+)';$/gm,
  )) {
    if (!from.startsWith('.')) continue;
    for (const entry of names
      .split(',')
      .map((part) => part.trim().replace(/^type /, ''))
      .filter(Boolean)) {
      const [name = '', alias = name] = entry.split(' as ');
      module.imports.set(alias, { from: `${join(dirname(file), from)}.d.ts`, name });
    }
  }
  for (const text of statements(source)) {
    const code = text.replace(/^\/\*\*[\s\S]*?\*\/\n/, '');
    const name = DECLARATION.exec(code)?.[1];
    if (name === undefined) continue;
    const bare = text.replace(/^export (?!default)/m, '').replace(/^declare (?=interface|type)/m, '');
    // A function may be declared several times, once for each kind of arguments.
    const before = /^(?:export )?declare function /.test(code) ? module.declarations.get(name) : undefined;
    module.declarations.set(name, {
      text: before ? `${before.text}\n${bare}` : bare,
      file,
      isType: /^(?:export )?(?:declare )?(?:interface|type) /.test(code),
    });
  }
  return module;
}

/** Returns the statements of a declaration file, each with its comment. @param {string} source @returns {string[]} */
function statements(source) {
  const found = [''];
  for (const line of source.split('\n')) {
    const isBegin = /^(?:\/\*\*|export |import |declare |interface |type |class )/.test(line);
    const last = found.at(-1) ?? '';
    // A comment belongs to the statement behind it.
    if (isBegin && !/^\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n$/.test(last)) found.push('');
    found.push(`${found.pop()}${line}\n`);
  }
  return found.map((text) => text.trim());
}
