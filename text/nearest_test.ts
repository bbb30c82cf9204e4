import { assertEquals } from "@std/assert";
import { editDistance, nearest } from "./nearest.ts";

const DISTANCES: readonly (readonly [string, string, number])[] = [
  ["", "", 0],
  ["", "abc", 3],
  ["abc", "abc", 0],
  ["abc", "abd", 1],
  ["abc", "acb", 1],
  ["abc", "ab", 1],
  ["kitten", "sitting", 3],
];

Deno.test("editDistance() counts edits in both directions", () => {
  for (const [a, b, distance] of DISTANCES) {
    assertEquals(editDistance(a, b), distance, `${a} to ${b}`);
    assertEquals(editDistance(b, a), distance, `${b} to ${a}`);
  }
});

Deno.test("nearest() finds slips and nothing else", () => {
  const names = ["help", "about", "info", "exec", "shell", "version"];
  assertEquals(nearest("hlep", names), "help");
  assertEquals(nearest("versoin", names), "version");
  assertEquals(nearest("zz", names), undefined);
  assertEquals(nearest("ls", names), undefined);
  assertEquals(nearest("", names), undefined);
  assertEquals(nearest("cwd", ["id", "argv"]), undefined);
  assertEquals(nearest("ad", ["id"]), "id");
  assertEquals(nearest("helppp", names, { maxDistance: 1 }), undefined);
});

Deno.test("nearest() prefers the closest, then the first", () => {
  assertEquals(nearest("ab", ["abcd", "abc", "abd"]), "abc");
});
