/**
 * What the compiler says of malformed expressions.
 *
 * @module
 */

import { CaseError } from "../case_error.ts";
import { isJsonList, isJsonObject, type Json } from "../json.ts";

/**
 * Makes the error of a malformed expression.
 *
 * @param message What was wanted and what was there.
 * @returns The error, category `schema`.
 *
 * @example Usage
 * ```ts
 * import { schema } from "./messages.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(schema("let: …").category, "schema");
 * ```
 */
export function schema(message: string): CaseError {
  return new CaseError("schema", message);
}

const SHOWN = 60;

/**
 * Shows a piece of an expression in a message: scalars as JSON, cut to length,
 * lists and mappings by kind.
 *
 * @param value The piece.
 * @returns Text for a message.
 *
 * @example Usage
 * ```ts
 * import { show } from "./messages.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(show("x"), '"x"');
 * assertEquals(show([1, 2]), "a list of 2");
 * ```
 */
export function show(value: Json): string {
  if (isJsonList(value)) return `a list of ${value.length}`;
  if (isJsonObject(value)) return "a mapping";
  const text = JSON.stringify(value);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`;
}
