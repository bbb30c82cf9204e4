import { assertEquals, assertThrows } from "@std/assert";
import { selectById } from "./select.ts";
import { UsageError } from "./usage_error.ts";

const MATCHES: Readonly<Record<string, [string[], string[]]>> = {
  "A": [["A"], ["", "a", "AA", "BA"]],
  "*": [["", "A", "a/b.c\nd"], []],
  "A*": [["A", "AB", "A*"], ["", "BA"]],
  "*A": [["A", "BA", "AA"], ["AB"]],
  "*A*B": [["AB", "xAyB", "ABAB"], ["BA", "ABx"]],
  "A?": [["AB", "A?", "A😀"], ["A", "ABC"]],
  "?*": [["A", "AB"], [""]],
  "**": [["", "A"], []],
  "[abc]x": [["ax", "cx"], ["dx", "x", "abx"]],
  "[a-c1]": [["a", "b", "c", "1"], ["d", "-", "A"]],
  "[!a-c]": [["d", "-"], ["a", "", "dd"]],
  "[^a]": [["b", "^"], ["a"]],
  "[]]": [["]"], ["[", ""]],
  "[!]]": [["a"], ["]"]],
  "[a-]": [["a", "-"], ["b"]],
  "[-a]": [["a", "-"], ["b"]],
  "[*?[]": [["*", "?", "["], ["a"]],
  "[😀-😂]": [["😁"], ["😃"]],
  "a]b": [["a]b"], ["ab"]],
  "a.b": [["a.b"], ["axb"]],
  "(a|b)+\\d$": [["(a|b)+\\d$"], ["a1"]],
};

Deno.test("selectById() matches whole ids", () => {
  for (const [glob, [matching, others]] of Object.entries(MATCHES)) {
    const wanted = selectById(glob);
    for (const id of matching) assertEquals(wanted(id), true, `${glob} ${id}`);
    for (const id of others) assertEquals(wanted(id), false, `${glob} ${id}`);
  }
});

const REFUSED = {
  "": "Cannot filter by id: the pattern is empty",
  "[a": 'Cannot filter by id: the pattern "[a" has "[" without "]"',
  "x[]": 'Cannot filter by id: the pattern "x[]" has "[" without "]"',
  "[!]": 'Cannot filter by id: the pattern "[!]" has "[" without "]"',
  "[z-a]":
    'Cannot filter by id: the pattern "[z-a]" has the range "z-a", which is the wrong way round',
};

Deno.test("selectById() refuses a pattern that means nothing", () => {
  for (const [glob, message] of Object.entries(REFUSED)) {
    assertThrows(() => selectById(glob), UsageError, message);
  }
});

Deno.test("selectById() takes no exponential time", () => {
  const wanted = selectById(`${"*a".repeat(50)}*b`);
  const start = performance.now();
  assertEquals(wanted("a".repeat(5000)), false);
  assertEquals(performance.now() - start < 20_000, true);
});
