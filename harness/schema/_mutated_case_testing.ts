/** Cases that were changed at random, which often makes them wrong. */

import fc from "fast-check";
import {
  isJsonList,
  isJsonObject,
  type Json,
  type JsonObject,
} from "../json.ts";

const ODD: readonly Json[] = [
  ...[null, true, 0, 1.5, -1, 256, 1e300, "", " ", "a\u0000b", "/abs", "../x"],
  ...["a\nb", "m:f", "m:1", "sh -c 'x", "fail", "pass", "skip", "deno", "dict"],
  ...[[], {}, ["x"], [""], [7], [[]], [null], ["eq", 1], ["eq", 1, 2], [["x"]]],
  ...[{ path: "a", text: "b" }, { a: 1 }, { a: null }, { case: 1 }, { "": 1 }],
  ...[{ must: [{ contain: ["a"] }] }, { contain: ["a"] }, { status: "fail" }],
  ...[["let", [["a"]], 1], ["fn", ["a", "a"], 1], ["var", ["x"]], ["nope", 1]],
];
const NAMES = ["id", "type", "target", "must", "contain", "x-y", "odd", "path"];

/** A case of which one thing was changed; often that makes it wrong. */
export function mutated(
  cases: fc.Arbitrary<JsonObject>,
): fc.Arbitrary<JsonObject> {
  const change = fc.record({
    how: fc.constantFrom("replace", "replace", "remove", "add"),
    at: fc.nat(),
    value: fc.constantFrom(...ODD),
    name: fc.constantFrom(...NAMES),
  });
  return fc.tuple(cases, change).map(([value, change]) => {
    const copy = structuredClone(value) as Record<string, unknown>;
    const spots = spotsIn(copy);
    const spot = spots[change.at % spots.length];
    if (spot === undefined) return value;
    const { around, key } = spot;
    if (change.how === "add" && !Array.isArray(around)) {
      around[change.name] = change.value;
    } else if (change.how === "remove") {
      if (Array.isArray(around)) around.splice(Number(key), 1);
      else delete around[key];
    } else {
      (around as Record<string, unknown>)[key] = change.value;
    }
    return copy as JsonObject;
  });
}

interface Spot {
  readonly around: Record<string, unknown> | unknown[];
  readonly key: string;
}

function spotsIn(value: unknown): Spot[] {
  const json = value as Json;
  if (!isJsonList(json) && !isJsonObject(json)) return [];
  const around = value as Record<string, unknown>;
  return Object.keys(around).flatMap((key) => [
    { around, key },
    ...spotsIn(around[key]),
  ]);
}
