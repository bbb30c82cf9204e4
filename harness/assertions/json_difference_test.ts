import { assertEquals } from "@std/assert";
import type { Json } from "../json.ts";
import { briefJson, jsonDifference } from "./json_difference.ts";

/** Two values and the path at which they first differ. */
const PAIRS: readonly (readonly [Json, Json, string | undefined])[] = [
  [1, 1, undefined],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }, undefined],
  [1, "1", "$"],
  [null, false, "$"],
  [[], {}, "$"],
  [[1, 2], [1], "$[1]"],
  [{ a: 1 }, { a: 1, "b c": 2 }, '$["b c"]'],
  [{ a: null }, {}, "$.a"],
  [{ a: [{ b: 1 }] }, { a: [{ b: 2 }] }, "$.a[0].b"],
  [JSON.parse('{"__proto__":1}'), {}, "$.__proto__"],
];

Deno.test("jsonDifference() gives the path to the first difference", () => {
  for (const [left, right, path] of PAIRS) {
    const label = JSON.stringify([left, right]);
    assertEquals(jsonDifference(left, right)?.path, path, label);
  }
});

Deno.test("briefJson() stays short for large and for deep values", () => {
  let deep: Json = 1;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  const wide = Array.from({ length: 100_000 }, (_, i) => ({ key: i }));
  for (const value of [deep, wide, "x".repeat(1_000_000)]) {
    assertEquals(briefJson(value, { length: 20 }).length, 21);
  }
  assertEquals(briefJson(undefined), "nothing");
  assertEquals(briefJson("a\x1bb"), '"a\\u001bb"');
});
