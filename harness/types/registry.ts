/**
 * Which case types there are.
 *
 * @module
 */

import { quoted } from "../../text/printable.ts";
import { typeFault } from "./_check_type.ts";
import { cliRun } from "./cli_run.ts";
import type { HarnessType } from "./harness_type.ts";
import { textFile } from "./text_file.ts";

/**
 * The case types that are always there, by name.
 *
 * @example Usage
 * ```ts
 * import { BUILT_IN_TYPES } from "./registry.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...BUILT_IN_TYPES.keys()], ["cli.run", "text.file"]);
 * ```
 */
export const BUILT_IN_TYPES: ReadonlyMap<string, HarnessType> = withTypes(
  new Map(),
  [cliRun, textFile],
);

/**
 * Adds case types to a set of them.
 *
 * @param types The types there are; not changed.
 * @param more The types to add.
 * @returns All of them, by name.
 * @throws {RangeError} If a name is there twice, is empty or is that of a
 * library; if a key belongs to every case, or an operator is unknown.
 *
 * @example Usage
 * ```ts
 * import { BUILT_IN_TYPES, withTypes } from "./registry.ts";
 * import { textFile } from "./text_file.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const types = withTypes(BUILT_IN_TYPES, [{ ...textFile, name: "my.file" }]);
 * assertEquals([...types.keys()], ["cli.run", "text.file", "my.file"]);
 * assertEquals(BUILT_IN_TYPES.has("my.file"), false);
 * ```
 */
export function withTypes(
  types: ReadonlyMap<string, HarnessType>,
  more: Iterable<HarnessType>,
): ReadonlyMap<string, HarnessType> {
  const all = new Map(types);
  for (const type of more) {
    const fault = typeFault(type, all);
    if (fault !== undefined) {
      throw new RangeError(
        `Cannot register case type ${quoted(String(type.name))}: ${fault}`,
      );
    }
    all.set(type.name, type);
  }
  return all;
}
