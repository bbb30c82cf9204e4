/**
 * Which values count as false.
 *
 * @module
 */

import type { Json } from "../json.ts";

/**
 * Decides a condition.
 *
 * False are `false`, `null`, 0, `""`, the empty list and the empty mapping;
 * everything else is true.
 *
 * Source: spec format, section 7, "False by truth".
 *
 * @param value Any JSON value.
 * @returns Whether it counts as true.
 *
 * @example Usage
 * ```ts
 * import { isTrue } from "./truth.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(isTrue([]), false);
 * assertEquals(isTrue([0]), true);
 * ```
 */
export function isTrue(value: Json): boolean {
  if (typeof value !== "object" || value === null) return Boolean(value);
  if (Array.isArray(value)) return value.length > 0;
  // First own key or none: `Object.keys` would list a large mapping in full.
  for (const key in value) if (Object.hasOwn(value, key)) return true;
  return false;
}
