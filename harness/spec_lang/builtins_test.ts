import { assertEquals } from "@std/assert";
import type { Json } from "../json.ts";
import { assertFails, run, value, WIDE } from "./_support_test.ts";
import { BUILTIN_AT, BUILTINS } from "./builtins.ts";

const DATA = {
  text: "one two",
  list: [1, "a", null, [2], { k: 1.0 }, true],
  dict: { a: 1, b: null, "": 2 },
  empty: { list: [], dict: {} },
  unicode: "\u00e9\u{1f600}\ud800",
};

/** An expression that reads a value out of {@linkcode DATA}. */
function get(...path: readonly string[]): Json {
  return path.reduce<Json>((from, key) => ["get", from, key], ["subject"]);
}

const TEXT = get("text");
const LIST = get("list");
const DICT = get("dict");
const NO_LIST = get("empty", "list");
const NO_DICT = get("empty", "dict");

/** Arguments, and what an operator makes of them. */
type Example = readonly [readonly Json[], Json];

/** Examples per operator. */
const GOOD: readonly (readonly [string, readonly Example[]])[] = [
  ["contains", [
    [[TEXT, "e t"], true],
    [[TEXT, "x"], false],
    [[TEXT, ""], true],
    [["two"], true],
    [["zzz"], false],
    [[LIST, '[1,"a",null'], true],
    [[DICT, '{"a":1,"b":null,"":2}'], true],
    [[12.5, 2.5], true],
    [[["json_parse", "1.0"], "1.0"], false],
    [["null", null], true],
  ]],
  ["starts_with", [
    [[TEXT, "one"], true],
    [[TEXT, "two"], false],
    [['{"text":'], true],
    [[true, "tr"], true],
  ]],
  ["ends_with", [
    [[TEXT, "two"], true],
    [[TEXT, "one"], false],
    [["}"], true],
    [[LIST, "true]"], true],
  ]],
  ["json_type", [
    [[null, "null"], true],
    [[false, "bool"], true],
    [[0, "number"], true],
    [["", "string"], true],
    [[LIST, "list"], true],
    [[DICT, "dict"], true],
    [["dict"], true],
    [["list"], false],
    [[0, "bool"], false],
    [[null, "dict"], false],
    [[LIST, "dict"], false],
  ]],
  ["has_key", [
    [[DICT, "a"], true],
    [[DICT, "b"], true],
    [[DICT, ""], true],
    [[DICT, "c"], false],
    [[DICT, "constructor"], false],
    [[DICT, "__proto__"], false],
    [[["json_parse", '{"__proto__":1}'], "__proto__"], true],
    [["text"], true],
    [["none"], false],
  ]],
  ["eq", [
    [[1, 1.0], true],
    [[0, -0], true],
    [[true, 1], false],
    [[false, 0], false],
    [[null, 0], false],
    [["1", 1], false],
    [["a", "a"], true],
    [[LIST, LIST], true],
    [
      [["json_parse", '{"a":1,"b":[{}]}'], ["json_parse", '{"b":[{}],"a":1}']],
      true,
    ],
    [[["json_parse", "[1,2]"], ["json_parse", "[2,1]"]], false],
    [[["json_parse", "[1,2]"], ["json_parse", "[1]"]], false],
    [[["json_parse", '{"a":1}'], ["json_parse", '{"b":1}']], false],
    [[["json_parse", '{"a":null}'], ["json_parse", "{}"]], false],
    [[["json_parse", '{"__proto__":1}'], ["json_parse", '{"a":1}']], false],
    [[["json_parse", "[[]]"], ["json_parse", "[{}]"]], false],
    [[NO_LIST, NO_DICT], false],
    [[NO_LIST, null], false],
  ]],
  ["neq", [
    [[1, 2], true],
    [[1, 1], false],
    [[true, 1], true],
    [[LIST, DICT], true],
  ]],
  ["lt", [
    // Half a pair, then what is above all of them, then a pair.
    [["\ud83d", "\uff21"], true],
    [["\uff21", "\u{1f600}"], true],
    [["\ud83d", "\u{1f600}"], true],
    [["\ud83d\uff21", "\u{1f600}"], true],
    [["\u{1f600}", "\ud83da"], false],
    [["\ud83da", "\ud83db"], true],
    [[1, 2], true],
    [[2, 2], false],
    [["a", "b"], true],
    [["a", "a"], false],
    [["a", "aa"], true],
    [["B", "a"], true],
    [["\uffff", "\u{1f600}"], true],
    [["\u{1f600}", "\uffff"], false],
  ]],
  ["lte", [[[2, 2], true], [[3, 2], false], [["a", "a"], true], [
    ["b", "a"],
    false,
  ]]],
  ["gt", [[[2, 1], true], [[2, 2], false], [["b", "a"], true], [
    ["a", "b"],
    false,
  ]]],
  ["gte", [[[2, 2], true], [[1, 2], false], [["a", "a"], true], [
    ["a", "b"],
    false,
  ]]],
  ["in", [
    [[1, LIST], true],
    [[["json_parse", "[2]"], LIST], true],
    [[["json_parse", '{"k":1}'], LIST], true],
    [[false, LIST], false],
    [[1, NO_LIST], false],
    [["a", DICT], true],
    [["constructor", DICT], false],
    [["__proto__", DICT], false],
    [["two", TEXT], true],
    [["", TEXT], true],
    [["x", TEXT], false],
  ]],
  ["get", [
    [[DICT, "a"], 1],
    [[DICT, "c"], null],
    [[DICT, "toString"], null],
    [[DICT, "__proto__"], null],
    [[LIST, 1], "a"],
    [[LIST, 0.0], 1],
    [[LIST, 99], null],
    [[LIST, -1], null],
    [[NO_LIST, 0], null],
  ]],
  ["len", [
    [[""], 0],
    [[get("unicode")], 3],
    [[LIST], 6],
    [[DICT], 3],
    [[NO_DICT], 0],
  ]],
  ["count", [[[TEXT], 7], [[LIST], 6], [[DICT], 3]]],
  ["first", [[[LIST], 1], [[NO_LIST], null], [[["json_parse", "[[1]]"]], [1]]]],
  ["rest", [[[["json_parse", "[1,2,3]"]], [2, 3]], [
    [["json_parse", "[1]"]],
    [],
  ], [
    [NO_LIST],
    [],
  ]]],
  ["split", [
    [[" a\tb\n\u00a0c\x1cd "], ["a", "b", "c", "d"]],
    [["\ufeffa"], ["\ufeffa"]],
    [[""], []],
    [["  "], []],
    [["a,b,,c", ","], ["a", "b", "", "c"]],
    [["a b", "b"], ["a ", ""]],
    [["", ","], [""]],
    [["a.b", "."], ["a", "b"]],
    [[12.5, "."], ["12", "5"]],
  ]],
  ["join", [
    [[["split", "a b c"], ", "], "a, b, c"],
    [[NO_LIST, ","], ""],
    [[LIST, "|"], '1|a|null|[2]|{"k":1}|true'],
    [[["split", "a b"], 0], "a0b"],
  ]],
  ["trim", [[[" \t\u2003a b\x1f\n"], "a b"], [["\ufeff"], "\ufeff"], [
    [" "],
    "",
  ], [
    [LIST],
    '[1,"a",null,[2],{"k":1},true]',
  ]]],
  ["lower", [[["\u00c4B"], "\u00e4b"], [[true], "true"], [
    ["\u03a3\u03a3"],
    "\u03c3\u03c2",
  ]]],
  ["upper", [[["stra\u00dfe"], "STRASSE"], [[null], "NULL"]]],
  ["any", [[[LIST], true], [[NO_LIST], false], [[[
    "json_parse",
    '[0,"",null,[],{}]',
  ]], false]]],
  ["all", [[[LIST], false], [[NO_LIST], true], [
    [["json_parse", '[1,"0",[0]]']],
    true,
  ]]],
  ["none", [[[LIST], false], [[NO_LIST], true], [
    [["json_parse", "[0,false]"]],
    true,
  ]]],
  ["add", [[[1, 2], 3], [[0.5, -1], -0.5]]],
  ["sub", [[[1, 2], -1], [[0.5, 0.25], 0.25]]],
  ["json_parse", [
    [["null"], null],
    [[' {"a": [1, 2.5e3]} '], { a: [1, 2500] }],
    [['"\\u00e9"'], "\u00e9"],
    [["1e308"], 1e308],
    [["9".repeat(300)], Number("9".repeat(300))],
  ]],
  ["path_exists", [[["here"], true], [["gone"], false], [[""], false]]],
  ["regex_match", [
    [[TEXT, "t.o"], true],
    [[TEXT, "^two"], false],
    [[DICT, '"a":1'], true],
    [["x5", 5], true],
    [["a\n", "a$"], true],
    [[TEXT, ["join", ["split", "o n e"], ""]], true],
  ]],
  ["matches", [[[TEXT, "(?i)ONE"], true], [[TEXT, "\\Aone\\Z"], false]]],
];

Deno.test("every operator has its examples", () => {
  assertEquals(
    GOOD.map(([op]) => op).toSorted(),
    [...BUILTIN_AT.keys()].toSorted(),
  );
  assertEquals(BUILTIN_AT.size, BUILTINS.length);
});

for (const [op, examples] of GOOD) {
  Deno.test(`${op} computes`, () => {
    for (const [args, expected] of examples) {
      const source = [op, ...args];
      const text = JSON.stringify(source);
      assertEquals(value(source, { subject: DATA }), expected, text);
    }
  });
}

Deno.test("__proto__ is a key like any other", () => {
  const parsed = ["json_parse", '{"__proto__":{"a":1}}'];
  assertEquals(value(["get", ["get", parsed, "__proto__"], "a"]), 1);
  assertEquals(value(["in", "__proto__", parsed]), true);
  assertEquals(value(["len", parsed]), 1);
  assertEquals(value(["trim", parsed]), '{"__proto__":{"a":1}}');
});

const BAD: readonly (readonly [Json, string])[] = [
  [["has_key", LIST, "a"], "has_key: wanted a dict, got list"],
  [["has_key", DICT, 1], "has_key: wanted a string as key, got number 1"],
  [["lt", 1, "a"], 'lt: wanted two numbers or two strings, got string "a"'],
  [["lt", true, 1], "lt: wanted two numbers or two strings, got bool true"],
  [["lte", null, null], "lte: wanted two numbers or two strings, got null"],
  [["gt", LIST, LIST], "gt: wanted two numbers or two strings, got list"],
  [["gte", "a", DICT], "gte: wanted two numbers or two strings, got dict"],
  [
    ["if", ["lt", 1, null], 1, 2],
    "lt: wanted two numbers or two strings, got null",
  ],
  [
    ["in", 1, 1],
    "in: wanted a list, a dict or a string as second, got number 1",
  ],
  [
    ["in", "a", null],
    "in: wanted a list, a dict or a string as second, got null",
  ],
  [["in", 1, DICT], "in: wanted a string as a key of a dict, got number 1"],
  [["in", 1, TEXT], "in: wanted a string as a part of a string, got number 1"],
  [["get", "a", 0], 'get: wanted a dict or a list, got string "a"'],
  [["get", null, "a"], "get: wanted a dict or a list, got null"],
  [["get", DICT, 0], "get: wanted a string as key of a dict, got number 0"],
  [
    ["get", LIST, "0"],
    'get: wanted an integer as index of a list, got string "0"',
  ],
  [
    ["get", LIST, 1.5],
    "get: wanted an integer as index of a list, got number 1.5",
  ],
  [
    ["get", LIST, true],
    "get: wanted an integer as index of a list, got bool true",
  ],
  [["len", 1], "len: wanted a string, a list or a dict, got number 1"],
  [["count", null], "count: wanted a string, a list or a dict, got null"],
  [["first", "abc"], 'first: wanted a list, got string "abc"'],
  [["rest", DICT], "rest: wanted a list, got dict"],
  [
    ["split", "a", ""],
    'split: wanted a separator that is not empty, got string ""',
  ],
  [["join", "a", ","], 'join: wanted a list, got string "a"'],
  [["any", "a"], 'any: wanted a list, got string "a"'],
  [["all", DICT], "all: wanted a list, got dict"],
  [["none", 0], "none: wanted a list, got number 0"],
  [["add", 1, "2"], 'add: wanted numbers, got string "2"'],
  [["add", true, 1], "add: wanted numbers, got bool true"],
  [["sub", null, 1], "sub: wanted numbers, got null"],
  [["add", 1e308, 1e308], "add: the result is no finite number"],
  [["sub", -1e308, 1e308], "sub: the result is no finite number"],
  [["json_parse", 1], "json_parse: wanted a string, got number 1"],
  [["json_parse", "{"], "json_parse: invalid JSON: wanted a key in double"],
  [["json_parse", ""], "json_parse: invalid JSON: the text is empty"],
  [
    ["json_parse", "NaN"],
    'json_parse: invalid JSON: wanted a value at line 1, column 1, found "NaN"',
  ],
  [["json_parse", "[1e999]"], "json_parse: a number is out of range"],
  [
    ["json_parse", `{"a":[-${"9".repeat(400)}]}`],
    "json_parse: a number is out of range",
  ],
  [["path_exists", 1], "path_exists: wanted a string, got number 1"],
  [["regex_match", "a", ["join", ["split", "("], ""]], "bad regex: missing )"],
  [
    ["matches", "a", ["join", ["split", "a++"], ""]],
    "unsupported regex: possessive",
  ],
  [
    ["json_type", 1, ["join", ["split", "nope"], ""]],
    'unsupported json_type: json_type: wanted one of null, bool, number, string, list, dict, got string "nope"',
  ],
  [["first", "x".repeat(100)], `got string "${"x".repeat(40)}"…`],
];

Deno.test("operators say what they wanted and what they got", () => {
  for (const [source, message] of BAD) {
    assertFails(() => run(source, { subject: DATA }), "schema", message);
  }
});

Deno.test("path_exists asks the host and nobody else", () => {
  const asked: string[] = [];
  const pathExists = (path: string) => asked.push(path) > 0;
  const host = { pathExists, now: () => 0 };
  assertEquals(
    value(["path_exists", ["subject"]], { subject: "a/b", host }),
    true,
  );
  assertEquals(asked, ["a/b"]);
});

const DEEP = 200_000;

Deno.test("operators take values 200,000 deep", () => {
  const subject = "[".repeat(DEEP) + "]".repeat(DEEP);
  const options = { subject, budgets: { timeoutMs: 0 } };
  const parsed = ["json_parse", ["subject"]];
  assertEquals(value(["eq", parsed, parsed], options), true);
  assertEquals(value(["eq", ["trim", parsed], ["subject"]], options), true);
  assertEquals(
    value(["in", parsed, ["first", ["map", ["fn", ["x"], parsed], [
      "split",
      "x",
    ]]]], options),
    false,
  );
});

Deno.test("operators take mappings 100,000 deep", () => {
  const subject = '{"a":'.repeat(DEEP / 2) + "1e0" + "}".repeat(DEEP / 2);
  const options = { subject, budgets: { timeoutMs: 0 } };
  const parsed = ["json_parse", ["subject"]];
  assertEquals(value(["eq", parsed, parsed], options), true);
  assertEquals(value(["len", ["trim", parsed]], options), subject.length - 2);
});

Deno.test("operators on text go through long runs of wide characters", () => {
  const subject = `\u3000${"\u3042".repeat(12_000_000)}\u3000`;
  const budgets = WIDE;
  const count = ["count", ["split", ["subject"]]];
  assertEquals(value(count, { subject, budgets }), 1);
  const length = ["len", ["trim", ["subject"]]];
  assertEquals(value(length, { subject, budgets }), 12_000_000);
});
