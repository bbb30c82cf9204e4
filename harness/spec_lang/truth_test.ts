import { assertEquals } from "@std/assert";
import type { Json } from "../json.ts";
import { isTrue } from "./truth.ts";

const FALSE: readonly Json[] = [false, null, 0, -0, "", [], {}];
const TRUE: readonly Json[] = [
  true,
  1,
  -1,
  0.1,
  " ",
  "0",
  "false",
  [null],
  [[]],
  { a: null },
];

Deno.test("isTrue() knows six kinds of false", () => {
  for (const value of FALSE) {
    assertEquals(isTrue(value), false, JSON.stringify(value));
  }
});

Deno.test("isTrue() takes everything else for true", () => {
  for (const value of TRUE) {
    assertEquals(isTrue(value), true, JSON.stringify(value));
  }
});

Deno.test("isTrue() counts a key named __proto__ and no inherited ones", () => {
  assertEquals(isTrue(JSON.parse('{"__proto__":null}')), true);
  assertEquals(isTrue(Object.create({ a: 1 })), false);
});
