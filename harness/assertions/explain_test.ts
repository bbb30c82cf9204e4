import { assertEquals } from "@std/assert";
import type { Json } from "../json.ts";
import { outcome } from "./_testing.ts";

/** An assertion on a text, the text, and what is said of it. */
type Gallery = Readonly<
  Record<string, readonly [Json, string, readonly string[]]>
>;

const evaluates = (expression: Json): Json => ({ evaluate: [expression] });
const parsed: Json = ["json_parse", ["subject"]];

const TEXTS: Gallery = {
  "an empty text": [{ contain: ["x"] }, "", [
    'wanted text that contains "x"',
    "the text is empty",
  ]],
  "nothing alike": [{ contain: ["delta"] }, "alpha\nbeta\n", [
    'wanted text that contains "delta"',
    "the text begins:",
    "  1 | alpha",
    "  2 | beta",
  ]],
  "another letter case": [{ contain: ["Ready"] }, "a\nnot ready yet\nb\n", [
    'wanted text that contains "Ready"',
    "  1 | a",
    "  2 | not ready yet",
    "    |     ^ here, but in other letter case",
    "  3 | b",
  ]],
  "another end": [{ contain: ["version 3.1"] }, "tool version 3.2\n", [
    'wanted text that contains "version 3.1"',
    "  1 | tool version 3.2",
    '    |                ^ wanted "1" from here',
  ]],
  "another beginning": [{ contain: ["the brown fox"] }, "that crown fox", [
    'wanted text that contains "the brown fox"',
    "  1 | that crown fox",
    '    |      ^ wanted "the b" up to here',
  ]],
  "other white space": [{ contain: ["a b c"] }, "so: a\tb  c\n", [
    'wanted text that contains "a b c"',
    "  1 | so: a\\tb  c",
    '    |     ^ here, but with other white space: "a\\tb  c"',
  ]],
  "other line ends": [{ contain: ["one\ntwo"] }, "one\r\ntwo\r\n", [
    'wanted text that contains "one\\ntwo"',
    "  1 | one\\r",
    '    | ^ here, but with other white space: "one\\r\\ntwo"',
    "  2 | two\\r",
  ]],
  "colours": [{ contain: ["all red"] }, "all \x1b[31mred\x1b[0m\n", [
    'wanted text that contains "all red"',
    "  1 | all \\x1b[31mred\\x1b[0m",
    "    | ^ here, but with terminal escapes in it",
  ]],
  "another Unicode form": [{ contain: ["cafe\u0301"] }, "a caf\u00e9", [
    'wanted text that contains "cafe\u0301"',
    "  1 | a caf\u00e9",
    "    |   ^ here, but in another Unicode form: it only looks the same",
  ]],
  "wide characters": [
    { contain: ["\u30ad\u30b9 oj"] },
    "\u65e5\u672c\u30ad\u30b9 ok",
    [
      'wanted text that contains "\u30ad\u30b9 oj"',
      "  1 | \u65e5\u672c\u30ad\u30b9 ok",
      '    |           ^ wanted "j" from here',
    ],
  ],
  "accents": [{ contain: ["e\u0301e\u0301 y"] }, "e\u0301e\u0301 x", [
    'wanted text that contains "e\u0301e\u0301 y"',
    "  1 | e\u0301e\u0301 x",
    '    |    ^ wanted "y" from here',
  ]],
  "a family": [
    { contain: ["\u{1f469}\u200d\u{1f467} b"] },
    "\u{1f469}\u200d\u{1f467} a",
    [
      'wanted text that contains "\u{1f469}\u{200d}\u{1f467} b"',
      "  1 | \u{1f469}\u200d\u{1f467} a",
      '    |    ^ wanted "b" from here',
    ],
  ],
  "control characters": [{ contain: ["\x1b[2Jb"] }, "\x07\x1b[2Ja\u202e", [
    'wanted text that contains "\\x1b[2Jb"',
    "  1 | \\x07\\x1b[2Ja\\u{202e}",
    '    |            ^ wanted "b" from here',
  ]],
  "a long line": [
    { contain: ["needle-B"] },
    "x".repeat(5000) + "needle-A" + "y".repeat(5000),
    [
      'wanted text that contains "needle-B"',
      `  1 | …${"x".repeat(29)}needle-A${"y".repeat(35)}…`,
      '    |                                      ^ wanted "B" from here',
    ],
  ],
  "a number": [{ contain: [42] }, "count: 41\n", [
    'wanted text that contains "42"',
    "  1 | count: 41",
    '    |         ^ wanted "2" from here',
  ]],
  "more lines": [{ contain: ["one\ntwo\nthree"] }, "one\ntwo\nfour\n", [
    'wanted text that contains "one\\ntwo\\nthree"',
    "  2 | two",
    "  3 | four",
    '    | ^ wanted "three" from here',
  ]],
};

const PATTERNS: Gallery = {
  "a long text": [{ regex: ["^v\\d"] }, "1\n2\n3\n4\n5\n6\n7\n", [
    'wanted text that matches "^v\\\\d"',
    "the text begins:",
    "  1 | 1",
    "  2 | 2",
    "  3 | 3",
    "  4 | 4",
    "  5 | 5",
    "    | (2 more lines)",
  ]],
  "a later line": [{ regex: ["^version"] }, "a\nversion 3\n", [
    'wanted text that matches "^version"',
    "it would match with (?m) in front: then ^ and $ match at every line",
    "the text begins:",
    "  1 | a",
    "  2 | version 3",
  ]],
  "a pattern in another letter case": [{ regex: ["err\\w+"] }, "ERROR\n", [
    'wanted text that matches "err\\\\w+"',
    "it would match with (?i) in front: then letter case does not matter",
    "the text begins:",
    "  1 | ERROR",
  ]],
  "a dot before a line end": [{ regex: ["a.b"] }, "a\nb\n", [
    'wanted text that matches "a.b"',
    "it would match with (?s) in front: then . matches line breaks, too",
    "the text begins:",
    "  1 | a",
    "  2 | b",
  ]],
  "a type": [{ "json_type": ["dict"] }, "[1]", [
    "wanted a JSON dict",
    "the text begins:",
    "  1 | [1]",
  ]],
};

const EXPRESSIONS: Gallery = {
  "JSON that differs inside": [
    evaluates(["and", true, ["eq", parsed, ["json_parse", '{"a":[1,2]}']]]),
    '{"a":[1,3]}',
    [
      'wanted ["and",true,["eq",["json_parse",["subject"]],["json_parse","{\\"a\\":[1,2]}"]]] to be true',
      'of this, ["eq",["json_parse",["subject"]],["json_parse","{\\"a\\":[1,2]}"]] is false',
      '["json_parse",["subject"]] is {"a":[1,3]}',
      '["json_parse","{\\"a\\":[1,2]}"] is {"a":[1,2]}',
      "they first differ at $.a[1]: 3, and 2",
      "the text begins:",
      '  1 | {"a":[1,3]}',
    ],
  ],
  "JSON that lacks something": [
    evaluates(["eq", parsed, ["json_parse", '{"a b":null}']]),
    "{}",
    [
      'wanted ["eq",["json_parse",["subject"]],["json_parse","{\\"a b\\":null}"]] to be true',
      '["json_parse",["subject"]] is {}',
      '["json_parse","{\\"a b\\":null}"] is {"a b":null}',
      'they first differ at $["a b"]: nothing, and null',
      "the text begins:",
      "  1 | {}",
    ],
  ],
  "a number that is too large": [evaluates(["lt", parsed, 10]), "12", [
    'wanted ["lt",["json_parse",["subject"]],10] to be true',
    '["json_parse",["subject"]] is 12',
    "the text begins:",
    "  1 | 12",
  ]],
  "another text": [evaluates(["eq", ["subject"], "abd"]), "abc\n", [
    'wanted ["eq",["subject"],"abd"] to be true',
    "  1 | abc",
    '    |   ^ the other text goes on with "d"',
  ]],
  "a longer text": [evaluates(["eq", ["subject"], "abc"]), "abc\n", [
    'wanted ["eq",["subject"],"abc"] to be true',
    "  1 | abc",
    "    |    ^ the other text ends before this",
  ]],
  "what was not wanted": [evaluates(["not", ["contains", "b"]]), "abc", [
    'wanted ["not",["contains","b"]] to be true',
    '["contains","b"] is true',
    "the text begins:",
    "  1 | abc",
  ]],
  "a part that is missing": [evaluates(["contains", "abd"]), "xabc", [
    'wanted ["contains","abd"] to be true',
    "  1 | xabc",
    '    |    ^ wanted "d" from here',
  ]],
  "another start": [evaluates(["starts_with", "abd"]), "abc", [
    'wanted ["starts_with","abd"] to be true',
    "  1 | abc",
    '    |   ^ the other text goes on with "d"',
  ]],
  "one of many": [
    evaluates(["all", ["map", ["fn", ["x"], ["gt", ["var", "x"], 0]], parsed]]),
    "[1,0,3]",
    [
      'wanted ["all",["map",["fn",["x"],["gt",["var","x"],0]],["json_parse",["subject"]]]] to be true',
      '["map",["fn",["x"],["gt",["var","x"],0]],["json_parse",["subject"]]] is [true,false,true]',
      "item [1] is false",
      "the text begins:",
      "  1 | [1,0,3]",
    ],
  ],
  "a branch": [
    evaluates(["if", ["contains", "a"], ["contains", "zz"], true]),
    "abc",
    [
      'wanted ["if",["contains","a"],["contains","zz"],true] to be true',
      'of this, ["contains","zz"] is false',
      "the text begins:",
      "  1 | abc",
    ],
  ],
  "a binding": [
    evaluates(["let", [["n", ["len", parsed]]], ["eq", ["var", "n"], 4]]),
    "[1,2,3]",
    [
      'wanted ["let",[["n",["len",["json_parse",["subject"]]]]],["eq",["var","n"],4]] to be true',
      'of this, ["eq",["var","n"],4] is false',
      '["var","n"] is 3',
      "the text begins:",
      "  1 | [1,2,3]",
    ],
  ],
  "a literal": [evaluates(["and", true, 0]), "abc", [
    'wanted ["and",true,0] to be true',
    "of this, the literal 0 counts as false",
    "the text begins:",
    "  1 | abc",
  ]],
  "none of many": [
    evaluates(["or", ...Array.from({ length: 9 }, (_, at) => ["eq", at, -1])]),
    "abc",
    [
      'wanted ["or",["eq",0,-1],["eq",1,-1],["eq",2,-1],["eq",3,-1],["eq",4,-1],["eq",5,-1],["eq",6,-1],["eq",7,-1… to be true',
      '["eq",0,-1] is false',
      '["eq",1,-1] is false',
      '["eq",2,-1] is false',
      '["eq",3,-1] is false',
      "…",
      "the text begins:",
      "  1 | abc",
    ],
  ],
};

const MISSES = { ...TEXTS, ...PATTERNS, ...EXPRESSIONS };

for (const [name, [leaf, stdout, wanted]] of Object.entries(MISSES)) {
  Deno.test(`a failure is explained: ${name}`, () => {
    const error = outcome({ target: "stdout", must: [leaf] }, { stdout });
    const [first = "", ...rest] = error?.message.split("\n") ?? [];
    const lines = [first.replace(/^.*? op=\w+: /, ""), ...rest.map(unindent)];
    assertEquals(lines, wanted);
  });
}

/** An assertion, a text it holds for, and how that is told. */
const HITS: readonly (readonly [Json, string, readonly string[]])[] = [
  [{ contain: ["b"] }, "abc", [
    'the text contains "b"',
    "    1 | abc",
    "      |  ^ here",
  ]],
  [{ regex: ["c\\w"] }, "ab\ncd\n", [
    'the text matches "c\\\\w"',
    "    1 | ab",
    "    2 | cd",
    "      | ^ here",
  ]],
  [{ "json_type": ["list"] }, "[]", [
    "the text is a JSON list",
    "the text begins:",
    "  1 | []",
  ]],
  [evaluates(["eq", 1, 1]), "abc", [
    '["eq",1,1] is true',
    "the text begins:",
    "  1 | abc",
  ]],
  [{ contain: ["a"], regex: ["b"] }, "abc", [
    'the text contains "a"',
    "    1 | abc",
    "      | ^ here",
    '  the text matches "b"',
    "    1 | abc",
    "      |  ^ here",
  ]],
];

Deno.test("explainHit() says what holds where nothing may, and where", () => {
  for (const [leaf, stdout, wanted] of HITS) {
    const error = outcome({ target: "stdout", cannot: [leaf] }, { stdout });
    const [, first = "", ...rest] = error?.message.split("\n") ?? [];
    const line = first.replace("  assert.cannot[0]: ", "");
    assertEquals([line, ...rest.map(unindent)], wanted);
  }
});

function unindent(line: string): string {
  return line.replace(/^ {2}/, "");
}
