/**
 * Where two JSON values first differ, and JSON shortened for a message.
 *
 * @module
 */

import { isJsonList, isJsonObject, type Json } from "../json.ts";
import { printable, quoted } from "../../text/printable.ts";

/** Two values that differ, and the way to them. */
export interface JsonDifference {
  /** The way to them, `$` for the values themselves. */
  readonly path: string;
  /** What is there on the left; nothing if it has no such item. */
  readonly left: Json | undefined;
  /** What is there on the right; nothing if it has no such item. */
  readonly right: Json | undefined;
}

const MAX_DEPTH = 200;

/**
 * Finds the first difference between two JSON values.
 *
 * Lists are compared from the front, mappings by the left one's keys and then
 * by the keys only the right one has.
 *
 * @param left One value.
 * @param right The other value.
 * @returns Where they differ, or nothing if they are equal. Values nested
 * deeper than 200 are taken for equal.
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
  return differenceAt("$", { left, right, depth: 0 });
}

interface Pair {
  readonly left: Json | undefined;
  readonly right: Json | undefined;
  readonly depth: number;
}

function differenceAt(path: string, pair: Pair): JsonDifference | undefined {
  const { left, right, depth } = pair;
  if (left === right || depth > MAX_DEPTH) return undefined;
  const below = stepsBelow(left, right);
  if (below === undefined) return { path, left, right };
  for (const [step, leftItem, rightItem] of below) {
    const found = differenceAt(path + step, {
      left: leftItem,
      right: rightItem,
      depth: depth + 1,
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

type Step = readonly [string, Json | undefined, Json | undefined];

function stepsBelow(
  left: Json | undefined,
  right: Json | undefined,
): Iterable<Step> | undefined {
  if (isJsonList(left) && isJsonList(right)) return listSteps(left, right);
  return isJsonObject(left) && isJsonObject(right)
    ? mappingSteps(left, right)
    : undefined;
}

function* listSteps(
  left: readonly Json[],
  right: readonly Json[],
): Iterable<Step> {
  const length = Math.max(left.length, right.length);
  for (let i = 0; i < length; i++) yield [`[${i}]`, left[i], right[i]];
}

function* mappingSteps(
  left: Readonly<Record<string, Json>>,
  right: Readonly<Record<string, Json>>,
): Iterable<Step> {
  for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
    const l = Object.hasOwn(left, key) ? left[key] : undefined;
    const r = Object.hasOwn(right, key) ? right[key] : undefined;
    yield [keyStep(key), l, r];
  }
}

function keyStep(key: string): string {
  return /^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `[${quoted(key)}]`;
}

/**
 * Writes a JSON value in one line, shortened.
 *
 * @param value Any JSON value; nothing reads `nothing`.
 * @param options The longest text in UTF-16 code units; default 100.
 * @returns The text, ending in `…` if it was too long.
 *
 * @example Usage
 * ```ts
 * import { briefJson } from "./json_difference.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(briefJson(["a", { b: null }]), '["a",{"b":null}]');
 * assertEquals(briefJson("abcdef", { length: 4 }), '"abc…');
 * ```
 */
export function briefJson(
  value: Json | undefined,
  options: { readonly length?: number } = {},
): string {
  const { length = 100 } = options;
  if (value === undefined) return "nothing";
  const text = writeJson(value, length);
  const characters = [...text];
  return characters.length > length
    ? `${characters.slice(0, length).join("")}…`
    : text;
}

/** JSON text that stops growing, and going deeper, soon after `room` is used up. */
function writeJson(value: Json, room: number): string {
  if (room <= 0) return "…";
  if (typeof value === "string") {
    return printable(JSON.stringify(value.slice(0, room + 1)));
  }
  if (isJsonList(value)) {
    return `[${
      writeItems(value, room, (item, left) => writeJson(item, left))
    }]`;
  }
  if (!isJsonObject(value)) return JSON.stringify(value);
  const items = writeItems(Object.entries(value), room, ([key, item], left) => {
    const name = writeJson(key, left);
    return `${name}:${writeJson(item, left - name.length)}`;
  });
  return `{${items}}`;
}

function writeItems<T>(
  items: readonly T[],
  room: number,
  write: (item: T, room: number) => string,
): string {
  let text = "";
  for (const item of items) {
    if (text.length >= room) return `${text},…`;
    text += (text === "" ? "" : ",") + write(item, room - text.length - 1);
  }
  return text;
}
