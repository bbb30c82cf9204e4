/**
 * Deep equality of JSON values, without host recursion.
 *
 * @module
 */

import {
  isJsonList,
  isJsonObject,
  type Json,
  type JsonObject,
} from "../json.ts";
import type { Meter } from "./meter.ts";

/**
 * Compares two values for deep JSON equality.
 *
 * Numbers are equal by value, a boolean equals no number, and the order of keys
 * does not matter.
 *
 * @param left One value.
 * @param right The other value.
 * @param meter Counts the values walked.
 * @returns Whether they are the same JSON value.
 * @throws {CaseError} `runtime` if walking them exceeds a limit.
 *
 * @example Usage
 * ```ts
 * import { deepEqual } from "./equality.ts";
 * import { Meter } from "./meter.ts";
 * import { DEFAULT_BUDGETS } from "./budgets.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const meter = new Meter(DEFAULT_BUDGETS, () => 0);
 * assertEquals(deepEqual({ a: 1, b: [2] }, { b: [2], a: 1 }, meter), true);
 * assertEquals(deepEqual([true], [1], meter), false);
 * ```
 */
export function deepEqual(left: Json, right: Json, meter: Meter): boolean {
  if (!isNested(left) || !isNested(right)) return left === right;
  const waiting: Json[] = [left, right];
  let walked = 0;
  while (waiting.length > 0) {
    const b = waiting.pop();
    const a = waiting.pop();
    if (a === b) continue;
    const items = 1 + (isJsonList(a) ? a.length : 0);
    walked += items;
    meter.walk(items, walked);
    if (!pushChildren(a, b, waiting)) return false;
  }
  return true;
}

function isNested(value: Json): boolean {
  return typeof value === "object" && value !== null;
}

/** Compares the shapes of two values and leaves their children to be compared. */
function pushChildren(
  a: Json | undefined,
  b: Json | undefined,
  waiting: Json[],
): boolean {
  if (isJsonList(a)) return isJsonList(b) && pushItems(a, b, waiting);
  return isJsonObject(a) && isJsonObject(b) && pushMembers(a, b, waiting);
}

function pushItems(
  a: readonly Json[],
  b: readonly Json[],
  waiting: Json[],
): boolean {
  if (a.length !== b.length) return false;
  // From the end, so that the first difference is found first.
  for (let at = a.length - 1; at >= 0; at--) {
    if (!pushPair(a[at], b[at], waiting)) return false;
  }
  return true;
}

function pushMembers(a: JsonObject, b: JsonObject, waiting: Json[]): boolean {
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) =>
    Object.hasOwn(b, key) && pushPair(a[key], b[key], waiting)
  );
}

/** Decides scalars at once; only what has children waits. */
function pushPair(
  a: Json | undefined,
  b: Json | undefined,
  waiting: Json[],
): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined || !isNested(a) || !isNested(b)) {
    return false;
  }
  waiting.push(a, b);
  return true;
}
