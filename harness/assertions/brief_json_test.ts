import { assertEquals } from "@std/assert";
import type { Json } from "../json.ts";
import { briefJson } from "./brief_json.ts";

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
