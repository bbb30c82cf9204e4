/**
 * From library files to symbols: what each file's functions come to, and what
 * others see of them.
 *
 * @module
 */

import { nearest } from "../../text/nearest.ts";
import { quoted } from "../../text/printable.ts";
import type { KeyPath, SourceCase } from "../case.ts";
import type { CompiledExpression } from "../spec_lang/compile.ts";
import {
  type CompiledFunctions,
  compileFunctions,
} from "../spec_lang/libraries.ts";
import type { SymbolTable } from "../spec_lang/forms.ts";
import type { LibraryFault } from "./fault.ts";
import type { Library } from "./library.ts";
import type { LibraryFile } from "./library_file.ts";

/** A library file whose functions are compiled. */
export interface LinkedFile {
  /** All of its functions, by name. */
  readonly functions: CompiledFunctions;
  /** Those that its export lists let through. */
  readonly visible: CompiledFunctions;
  /** What is wrong with them; if anything is, none of them is used. */
  readonly faults: readonly LibraryFault[];
}

/** Library symbols as the expressions of one case see them. */
export interface SymbolView {
  /** Those that `var` finds, by name. */
  readonly symbols: CompiledFunctions;
  /** All there are: the visible ones and those that are not exported. */
  readonly known: CompiledFunctions;
}

/**
 * Compiles the functions of a library file. They see each other, and what is
 * visible of the files that their libraries import, near or far.
 *
 * Source: spec format, section 4, "spec_lang.library".
 *
 * @param file The file.
 * @param imported What it imports, and what that imports, each file once and
 * near ones first; gone through as far as it takes to find a name.
 * @returns The functions, and all that is wrong with them.
 *
 * @example Usage
 * ```ts
 * import { linkFile, viewOf } from "./link.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const location = { path: "/repo/a.yaml", line: 3, column: 10 };
 * const source = {
 *   kind: "case" as const,
 *   value: {},
 *   location,
 *   locate: () => location,
 * };
 * const functions = new Map([["half", 0.5], ["whole", 1]]);
 * const file = {
 *   path: "/repo/a.yaml",
 *   libraries: [{ functions, imports: [], exports: ["whole"], source }],
 *   functions: new Map(Array.from(functions, ([name, source_]) =>
 *     [name, { source: source_, owner: source, locate: () => location }] as const
 *   )),
 *   imports: [],
 *   faults: [],
 * };
 * const linked = linkFile(file, []);
 * assertEquals([...linked.functions.keys()], ["half", "whole"]);
 * assertEquals([...viewOf([linked]).symbols.keys()], ["whole"]);
 * ```
 */
export function linkFile(
  file: LibraryFile,
  imported: Iterable<LinkedFile>,
): LinkedFile {
  const symbols = tableOver(imported, ({ visible }) => visible);
  const known = tableOver(imported, ({ functions }) => functions);
  const sources = new Map(
    Array.from(file.functions, ([name, { source }]) => [name, source]),
  );
  const { compiled, faults } = compileFunctions(sources, { symbols, known });
  return {
    functions: compiled,
    visible: visibleOf(file, compiled),
    faults: [
      ...Array.from(faults, ([name, fault]): LibraryFault => {
        const { category, message: text } = fault;
        const found = file.functions.get(name);
        return { category, text, at: found?.locate(), owner: found?.owner };
      }),
      ...file.libraries.flatMap((library) =>
        strangeExports(library, file, symbols)
      ),
    ],
  };
}

/**
 * Puts together what files let others see.
 *
 * @param files The files; no two have a function of the same name.
 * @returns The symbols.
 */
export function viewOf(files: Iterable<LinkedFile>): SymbolView {
  const symbols = new Map<string, CompiledExpression>();
  const known = new Map<string, CompiledExpression>();
  for (const { functions, visible } of files) {
    for (const [name, code] of functions) known.set(name, code);
    for (const [name, code] of visible) symbols.set(name, code);
  }
  return { symbols, known };
}

/**
 * Says that an export list names something that is not there.
 *
 * @param name The name.
 * @param known The names that are there.
 * @returns The message.
 */
export function strangeExport(name: string, known: Iterable<string>): string {
  const names = [...known];
  const what = `unknown symbol ${quoted(name)} in "exports"`;
  if (names.length === 0) {
    return `${what}: no library is loaded, name one in "library_paths"`;
  }
  const guess = nearest(name, names);
  return guess === undefined ? what : `${what}: did you mean ${quoted(guess)}?`;
}

// A copy for each file would take the square of their number.
function tableOver(
  files: Iterable<LinkedFile>,
  pick: (file: LinkedFile) => CompiledFunctions,
): SymbolTable {
  const get = (name: string) => {
    for (const file of files) {
      const code = pick(file).get(name);
      if (code !== undefined) return code;
    }
    return undefined;
  };
  return {
    get,
    has: (name) => get(name) !== undefined,
    *keys() {
      for (const file of files) yield* pick(file).keys();
    },
  };
}

function visibleOf(
  { libraries }: LibraryFile,
  compiled: CompiledFunctions,
): CompiledFunctions {
  const visible = new Map<string, CompiledExpression>();
  for (const { functions, exports = functions.keys() } of libraries) {
    for (const name of exports) {
      const code = compiled.get(name);
      if (code !== undefined) visible.set(name, code);
    }
  }
  return visible;
}

// To name what an import brings is not wrong, and changes nothing.
function strangeExports(
  { exports = [], source }: Library,
  file: LibraryFile,
  imported: SymbolTable,
): LibraryFault[] {
  return exports.flatMap((name, index) => {
    if (file.functions.has(name) || imported.has(name)) return [];
    const known = [...file.functions.keys(), ...imported.keys()];
    const text = strangeExport(name, known);
    const at = locate(source, ["exports", index], file);
    return [{ category: "schema", text, at, owner: source }];
  });
}

function locate(source: SourceCase, at: KeyPath, { path }: LibraryFile) {
  return { ...source.locate(at), path };
}
