/**
 * A library: functions that the expressions of cases may use.
 *
 * @module
 */

import { quoted } from "../../text/printable.ts";
import { fault, optionalWords, own, wrong } from "../_case_fields.ts";
import { LIBRARY_PATH, WORDS } from "../_case_shapes.ts";
import { LIBRARY_TYPE } from "../_library_type.ts";
import { ANYTHING, list, mapping, type Shapes, text } from "../_shape.ts";
import { shown } from "../_shown.ts";
import type { RawCase, SourceCase } from "../case.ts";
import { isJsonObject, type Json } from "../json.ts";
import { type CaseShape, validateCase } from "../validate.ts";

/** A library whose shape is known to be right; its functions are not compiled. */
export interface Library {
  /** Its functions by name, each an expression. At least one. */
  readonly functions: ReadonlyMap<string, Json>;
  /** The library files it builds on, as written. */
  readonly imports: readonly string[];
  /** The functions that others see; all of them if there is no such list. */
  readonly exports: readonly string[] | undefined;
  /** Where it came from. */
  readonly source: SourceCase;
}

const FUNCTION_NAME = text({ has: /[\s\S]/u });

/** The keys of a library, besides those of every case. */
export const LIBRARY: Shapes = {
  "functions": mapping(ANYTHING, { names: FUNCTION_NAME, least: 1 }),
  "imports": list(LIBRARY_PATH),
  "exports": WORDS,
};

const SHAPES: ReadonlyMap<string, CaseShape> = new Map([
  [LIBRARY_TYPE, {
    name: LIBRARY_TYPE,
    keys: Object.keys(LIBRARY),
    harnessKeys: [],
  }],
]);

/**
 * Checks the shape of a library: the keys common to all cases, and its own.
 *
 * A library is not run, so it asserts nothing, and whatever it says of how to
 * run it has no effect.
 *
 * Source: spec format, section 4, "spec_lang.library".
 *
 * @param source The library as written.
 * @returns The library; whether its functions are expressions and its imports
 * exist is not known yet.
 * @throws {CaseError} `schema` for the first key that is wrong, with its place.
 *
 * @example Usage
 * ```ts
 * import { parseLibrary } from "./library.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const location = { path: "a.spec.md", line: 7, column: 1 };
 * const value = {
 *   id: "lib.numbers",
 *   type: "spec_lang.library",
 *   functions: { twice: ["fn", ["n"], ["add", ["var", "n"], ["var", "n"]]] },
 * };
 * const source = { kind: "case" as const, value, location, locate: () => location };
 * const library = parseLibrary(source);
 * assertEquals([...library.functions.keys()], ["twice"]);
 * assertEquals(library.exports, undefined);
 * ```
 */
export function parseLibrary(source: SourceCase): Library {
  const raw = validateCase(source, SHAPES);
  if (raw.assert !== undefined) {
    const message =
      'a library is not run, so it has nothing to assert: move "assert" to a case that uses it';
    throw fault(source, ["assert"], message);
  }
  const exported = own(raw.body, "exports");
  return {
    functions: functionsOf(raw),
    imports: optionalWords(source, own(raw.body, "imports"), ["imports"]),
    exports: exported === undefined
      ? undefined
      : optionalWords(source, exported, ["exports"]),
    source,
  };
}

function functionsOf({ body, source }: RawCase): ReadonlyMap<string, Json> {
  const value = own(body, "functions");
  if (value === undefined) {
    throw fault(source, [], `library has no ${quoted("functions")}`);
  }
  if (!isJsonObject(value)) {
    const what = "must be a mapping of names to expressions";
    throw wrong(source, ["functions"], `${what}, ${shown(value)} was given`);
  }
  const functions = new Map(Object.entries(value));
  if (functions.size === 0) {
    throw wrong(source, ["functions"], "must not be empty");
  }
  if (LIBRARY["functions"]?.fits(value) === false) {
    throw wrong(source, ["functions", ""], "is no name: it is empty");
  }
  return functions;
}
