/**
 * JSON values, the only data that documents, expressions and reports handle.
 *
 * @module
 */

/** A JSON value. Numbers are finite; strings may hold any code point. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | JsonObject;

/** A JSON mapping. Ask with `Object.hasOwn`, never with `in`. */
export interface JsonObject {
  /** The values by key, in the order of the document. */
  readonly [key: string]: Json;
}

/**
 * Tells a mapping from every other JSON value.
 *
 * @param value Any JSON value, or nothing.
 * @returns Whether it is a mapping, not a list and not null.
 *
 * @example Usage
 * ```ts
 * import { isJsonObject } from "./json.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isJsonObject({ a: 1 }), true);
 * assertEquals(isJsonObject([1]), false);
 * ```
 */
export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * Tells a list from every other JSON value.
 *
 * `Array.isArray` alone does not narrow a union with a readonly array.
 *
 * @param value Any JSON value, or nothing.
 * @returns Whether it is a list.
 *
 * @example Usage
 * ```ts
 * import { isJsonList } from "./json.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isJsonList([1]), true);
 * assertEquals(isJsonList({ a: 1 }), false);
 * ```
 */
export function isJsonList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
