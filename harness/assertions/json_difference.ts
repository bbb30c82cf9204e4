/**
 * Where two JSON values first differ, and JSON shortened for a message.
 *
 * @module
 */

import {
  isJsonList,
  isJsonObject,
  type Json,
  type JsonObject,
} from "../json.ts";
import { quoted, shortened } from "../../text/printable.ts";

/** Two values that differ, and the way to them. */
export interface JsonDifference {
  /** The way to them, `$` for the values themselves. */
  readonly path: string;
  /** What is there on the left; nothing if it has no such item. */
  readonly left: Json | undefined;
  /** What is there on the right; nothing if it has no such item. */
  readonly right: Json | undefined;
}

// More than anybody reads, and a moment's work.
const MAX_PAIRS = 1_000_000;

// The end of a long way tells most.
const MAX_PATH = 120;

/**
 * Finds the first difference between two JSON values.
 *
 * Lists are compared from the front, mappings by the left one's keys and then
 * by the keys only the right one has.
 *
 * @param left One value.
 * @param right The other value.
 * @returns Where they differ, or nothing if they are equal, as far as a million
 * pairs tell. Nesting of any depth is followed.
 *
 * @example Usage
 * ```ts
 * import { jsonDifference } from "./json_difference.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(jsonDifference({ a: [1, 2] }, { a: [1, 3] }), {
 *   path: "$.a[1]",
 *   left: 2,
 *   right: 3,
 * });
 * ```
 */
export function jsonDifference(
  left: Json,
  right: Json,
): JsonDifference | undefined {
  const open: Level[] = [];
  let pair: Pair | undefined = { left, right, step: "" };
  for (let pairs = 0; pairs < MAX_PAIRS; pairs++) {
    if (pair === undefined) {
      if (open.pop() === undefined) return undefined;
    } else if (pair.left !== pair.right) {
      const below = pairsBelow(pair.left, pair.right);
      if (below === undefined) return differenceAt(pair, open);
      open.push({ step: pair.step, below });
    }
    pair = open.at(-1)?.below.next().value;
  }
  return undefined;
}

/** Two values, and the last step of the way to them. */
interface Pair {
  readonly left: Json | undefined;
  readonly right: Json | undefined;
  readonly step: string;
}

/** Two collections, and what in them is still to be compared. */
interface Level {
  readonly step: string;
  readonly below: Iterator<Pair, undefined>;
}

function differenceAt(pair: Pair, open: readonly Level[]): JsonDifference {
  const steps = open.map(({ step }) => step);
  const path = shortened(["$", ...steps, pair.step].join(""), MAX_PATH);
  return { path, left: pair.left, right: pair.right };
}

function pairsBelow(
  left: Json | undefined,
  right: Json | undefined,
): Iterator<Pair, undefined> | undefined {
  if (isJsonList(left) && isJsonList(right)) return itemPairs(left, right);
  return isJsonObject(left) && isJsonObject(right)
    ? memberPairs(left, right)
    : undefined;
}

function* itemPairs(
  left: readonly Json[],
  right: readonly Json[],
): Generator<Pair, undefined> {
  const length = Math.max(left.length, right.length);
  for (let i = 0; i < length; i++) {
    yield { left: left[i], right: right[i], step: `[${i}]` };
  }
  return undefined;
}

function* memberPairs(
  left: JsonObject,
  right: JsonObject,
): Generator<Pair, undefined> {
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    yield { left: own(left, key), right: own(right, key), step: keyStep(key) };
  }
  return undefined;
}

function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function keyStep(key: string): string {
  return /^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `[${quoted(key)}]`;
}
