import { assertEquals } from "@std/assert";
import { excerpt, head, wholeCharacter } from "./excerpt.ts";

Deno.test("excerpt() cuts a long line to a window around the character", () => {
  const text = "a".repeat(500) + "X" + "b".repeat(500);
  assertEquals(excerpt(text, 500, { note: "here" }), [
    `  1 | …${"a".repeat(36)}X${"b".repeat(35)}…`,
    `    | ${" ".repeat(37)}^ here`,
  ]);
});

Deno.test("excerpt() keeps the caret under the character behind escapes", () => {
  assertEquals(excerpt("\x1b\tX", 2, { note: "here" }), [
    "  1 | \\x1b\\tX",
    "    |       ^ here",
  ]);
});

Deno.test("excerpt() stays inside the text at every offset", () => {
  const text = "one\n\ntwo 😀\n";
  for (let offset = 0; offset <= text.length; offset++) {
    const lines = excerpt(text, offset, { note: "x" });
    assertEquals(lines.filter((line) => line.includes("^ x")).length, 1);
    assertEquals(lines.length <= 4, true);
  }
});

Deno.test("head() counts the lines it leaves out", () => {
  assertEquals(head("", { lines: 2 }), []);
  assertEquals(head("a", { lines: 2 }), ["  1 | a"]);
  assertEquals(head("a\nb", { lines: 1 }), ["  1 | a", "    | (1 more line)"]);
  assertEquals(head("a\n\n\n", { lines: 1 })[1], "    | (2 more lines)");
});

Deno.test("wholeCharacter() never points into a surrogate pair", () => {
  assertEquals([0, 1, 2, 3].map((at) => wholeCharacter("😀a", at)), [
    0,
    0,
    2,
    3,
  ]);
});
