import { assertEquals } from "@std/assert";
import type { Json } from "../json.ts";
import { jsonDifference } from "./json_difference.ts";

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

Deno.test("jsonDifference() follows nesting of any depth", () => {
  const nested = (inner: Json) => {
    let value = inner;
    for (let i = 0; i < 100_000; i++) {
      value = i % 2 === 0 ? [value] : { a: value };
    }
    return value;
  };
  assertEquals(jsonDifference(nested(1), nested(1)), undefined);
  const { path = "", left, right } = jsonDifference(nested(1), nested(2)) ?? {};
  assertEquals([left, right], [1, 2]);
  assertEquals(path.slice(0, 12), "$.a[0].a[0].");
  assertEquals(path.slice(-8), "[0].a[0]");
  assertEquals(path.length, 121);
});

Deno.test("jsonDifference() gives up on what stands for very much", () => {
  const doubled = () => {
    let value: Json = [1];
    for (let i = 0; i < 40; i++) value = [value, value];
    return value;
  };
  assertEquals(jsonDifference(doubled(), doubled()), undefined);
});
