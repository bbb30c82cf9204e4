import { assertEquals, assertThrows } from "@std/assert";
import { readJson } from "./_json.ts";
import { withoutComments } from "./_jsonc.ts";
import { TextFault } from "./_text_fault.ts";

const READ: readonly (readonly [string, unknown])[] = [
  ["{} // end", {}],
  ["/* a\n b */ [1, /* 2, */ 3,]", [1, 3]],
  ['{ "a": "// no", "b": "/* no */", }', { a: "// no", b: "/* no */" }],
  ['["\\"// no", 1] // yes', ['"// no', 1]],
  ["[1, // one\n /* two */\n]", [1]],
  ["[[1,],\n[2,\t],]", [[1], [2]]],
  ["[1 /**/ , 2]", [1, 2]],
];

Deno.test("withoutComments() leaves JSON, and every character in its place", () => {
  for (const [text, value] of READ) {
    const json = withoutComments(text);
    assertEquals(readJson(json).value, value, text);
    assertEquals(json.length, text.length, text);
    assertEquals(json.split("\n").length, text.split("\n").length, text);
  }
});

const BROKEN = [
  "[,]",
  "[1,,]",
  "{,}",
  '["a',
  "[1 /* 2]",
  "[1] /* 2",
  "[1] /",
  ",",
  "[1],",
];

Deno.test("withoutComments() makes nothing right that is wrong", () => {
  for (const text of BROKEN) {
    assertThrows(() => readJson(withoutComments(text)), TextFault, "", text);
  }
});

Deno.test("withoutComments() takes a large text in one go", () => {
  const text = `[${'"x", // y\n'.repeat(100_000)}]`;
  assertEquals(withoutComments(text).length, text.length);
});
