/**
 * Values as documents see them: the names of their types, and data told from
 * what only the machine holds.
 *
 * @module
 */

import { CaseError } from "../case_error.ts";
import type { Json } from "../json.ts";
import { Cell, Closure, type Slot } from "./chunk.ts";

/**
 * The name of a value's type, as `json_type` spells it.
 *
 * @param value Any JSON value.
 * @returns `null`, `bool`, `number`, `string`, `list` or `dict`.
 *
 * @example Usage
 * ```ts
 * import { typeName } from "./values.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([null, true, 1, "", [], {}].map(typeName), [
 *   "null",
 *   "bool",
 *   "number",
 *   "string",
 *   "list",
 *   "dict",
 * ]);
 * ```
 */
export function typeName(value: Json): JsonTypeName {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  return TYPE_NAMES[typeof value] ?? "dict";
}

/** The type names of the language. */
export type JsonTypeName =
  | "null"
  | "bool"
  | "number"
  | "string"
  | "list"
  | "dict";

const TYPE_NAMES: { readonly [key: string]: JsonTypeName } = {
  boolean: "bool",
  number: "number",
  string: "string",
};

/**
 * Takes a value from the stack where only data will do.
 *
 * @param slot What stands there.
 * @param place Who wants data, for the message.
 * @returns The value.
 * @throws {CaseError} `schema` if it is a function.
 *
 * @example Usage
 * ```ts
 * import { dataOf } from "./values.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(dataOf([1], "eq"), [1]);
 * ```
 */
export function dataOf(slot: Slot, place: string): Json {
  if (slot instanceof Closure) {
    throw new CaseError("schema", `${place}: wanted data, got a function`);
  }
  if (slot === undefined || slot instanceof Cell) {
    throw new CaseError("schema", `${place}: wanted data, got nothing`);
  }
  return slot;
}
