import { assertEquals } from "@std/assert";
import type { Json } from "../json.ts";
import { outcome } from "./_testing.ts";

/** An operator's value, the target's text, and the lines of the message. */
const MISSES: readonly (readonly [Json, string, readonly string[]])[] = [
  [{ contain: ["x"] }, "", [
    'wanted text that contains "x"',
    "the text is empty",
  ]],
  [{ contain: ["Ready"] }, "a\nnot ready yet\nb\n", [
    'wanted text that contains "Ready"',
    "  1 | a",
    "  2 | not ready yet",
    "    |     ^ here, but in other letter case",
    "  3 | b",
  ]],
  [{ contain: ["version 3.1"] }, "tool version 3.2\n", [
    'wanted text that contains "version 3.1"',
    "  1 | tool version 3.2",
    '    |                ^ wanted "1" from here',
  ]],
  [{ contain: ["the brown fox"] }, "that crown fox", [
    'wanted text that contains "the brown fox"',
    "  1 | that crown fox",
    '    |      ^ wanted "the b" up to here',
  ]],
  [{ regex: ["^v\\d"] }, "1\n2\n3\n4\n5\n6\n7\n", [
    'wanted text that matches "^v\\\\d"',
    "the text begins:",
    "  1 | 1",
    "  2 | 2",
    "  3 | 3",
    "  4 | 4",
    "  5 | 5",
    "    | (2 more lines)",
  ]],
  [{ "json_type": ["dict"] }, "[1]", [
    "wanted a JSON dict",
    "the text begins:",
    "  1 | [1]",
  ]],
  [
    {
      evaluate: [["and", true, [
        "eq",
        ["json_parse", ["subject"]],
        ["json_parse", '{"a":[1,2]}'],
      ]]],
    },
    '{"a":[1,3]}',
    [
      'wanted ["and",true,["eq",["json_parse",["subject"]],["json_parse","{\\"a\\":[1,2]}"]]] to be true',
      'false is ["eq",["json_parse",["subject"]],["json_parse","{\\"a\\":[1,2]}"]]',
      '["json_parse",["subject"]] is {"a":[1,3]}',
      '["json_parse","{\\"a\\":[1,2]}"] is {"a":[1,2]}',
      "the sides first differ at $.a[1]: 3 and 2",
      "the text begins:",
      '  1 | {"a":[1,3]}',
    ],
  ],
];

Deno.test("explainMiss() says what was wanted and shows the nearest miss", () => {
  for (const [leaf, stdout, wanted] of MISSES) {
    const error = outcome({ target: "stdout", must: [leaf] }, { stdout });
    const [first = "", ...rest] = error?.message.split("\n") ?? [];
    const lines = [first.replace(/^.*? op=\w+: /, ""), ...rest.map(unindent)];
    assertEquals(lines, wanted);
  }
});

/** An operator's value, a text it holds for, and how that is told. */
const HITS: readonly (readonly [Json, string, string])[] = [
  [{ contain: ["b"] }, "abc", 'the text contains "b"'],
  [{ regex: ["b"] }, "abc", 'the text matches "b"'],
  [{ "json_type": ["list"] }, "[]", "the text is a JSON list"],
  [{ evaluate: [["eq", 1, 1]] }, "abc", '["eq",1,1] is true'],
];

Deno.test("explainHit() says what holds where nothing may", () => {
  for (const [leaf, stdout, wanted] of HITS) {
    const error = outcome({ target: "stdout", cannot: [leaf] }, { stdout });
    const line = error?.message.split("\n")[1];
    assertEquals(line, `  assert.cannot[0]: ${wanted}`);
  }
});

function unindent(line: string): string {
  return line.replace(/^ {2}/, "");
}
