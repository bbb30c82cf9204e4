/**
 * Which schemas there are. They themselves are loaded when one is asked for.
 *
 * @module
 */

import { nearest } from "../../text/nearest.ts";
import { quoted } from "../../text/printable.ts";
import { UsageError } from "../usage_error.ts";

/**
 * The names of the schemas.
 *
 * @example Usage
 * ```ts
 * import { SCHEMA_NAMES } from "./schema_names.ts";
 * import { assert } from "@std/assert";
 *
 * assert(SCHEMA_NAMES.includes("case"));
 * ```
 */
export const SCHEMA_NAMES = [
  "case",
  "library",
  "report",
  "events",
  "config",
] as const;

/** The name of a schema. */
export type SchemaName = typeof SCHEMA_NAMES[number];

/**
 * Reads the words behind `schema`.
 *
 * @param words The words.
 * @returns The schema they name; that of cases if there is no word.
 * @throws {UsageError} If they name none, or more than one.
 *
 * @example Usage
 * ```ts
 * import { parseSchemaName } from "./schema_names.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseSchemaName([]), "case");
 * assertEquals(parseSchemaName(["config"]), "config");
 * ```
 */
export function parseSchemaName(words: readonly string[]): SchemaName {
  const [word = "case", extra] = words;
  const name = SCHEMA_NAMES.find((known) => known === word);
  if (name !== undefined && extra === undefined) return name;
  if (extra !== undefined) {
    throw new UsageError(
      `Cannot print a schema: wanted one name, got ${words.length}`,
      { remedy: `spec schema ${SCHEMA_NAMES.join("|")}` },
    );
  }
  const guess = nearest(word, SCHEMA_NAMES);
  throw new UsageError(`Cannot print schema ${quoted(word)}: there is none`, {
    remedy: guess === undefined
      ? `Schemas are ${SCHEMA_NAMES.join(", ")}`
      : `Did you mean "${guess}"?`,
  });
}
