/**
 * The table of all operators that are not special forms.
 *
 * @module
 */

import type { Builtin } from "./builtin.ts";
import { DATA_BUILTINS } from "./builtins_data.ts";
import { TEXT_BUILTINS } from "./builtins_text.ts";

/**
 * The operators; code refers to them by their place here.
 *
 * @example Usage
 * ```ts
 * import { BUILTINS } from "./builtins.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { min, max } = BUILTINS.find(({ name }) => name === "split") ?? {};
 * assertEquals([min, max], [1, 2]);
 * ```
 */
export const BUILTINS: readonly Builtin[] = [
  ...TEXT_BUILTINS,
  ...DATA_BUILTINS,
];

/** The place of each operator in {@linkcode BUILTINS}. */
export const BUILTIN_AT: ReadonlyMap<string, number> = new Map(
  BUILTINS.map(({ name }, index) => [name, index]),
);
