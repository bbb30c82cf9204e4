import { assertEquals } from "@std/assert";
import type { CaseBlock } from "./case.ts";
import type { Json } from "./json.ts";
import { parseBlock, parseDocument } from "./parse.ts";

function block(text: string): CaseBlock {
  return {
    kind: "block",
    path: "a.spec.md",
    line: 10,
    bodyLine: 11,
    indent: 2,
    text,
  };
}

/** The value of each case, `LINE:COLUMN MESSAGE` of each problem. */
function read(text: string): (Json | string)[] {
  return parseBlock(block(text)).map((one) =>
    one.kind === "case"
      ? one.value
      : `${one.location.line}:${one.location.column} ${one.message}`
  );
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

Deno.test("parseBlock() reads one mapping or a list of mappings", () => {
  assertEquals(read("id: A\n"), [{ id: "A" }]);
  assertEquals(read("- id: A\n- id: B\n"), [{ id: "A" }, { id: "B" }]);
  assertEquals(read("[{id: A}, {id: B}]"), [{ id: "A" }, { id: "B" }]);
  assertEquals(read("--- {id: A}\n...\n"), [{ id: "A" }]);
  assertEquals(read("# c\r\nid: A\r\nb: |\r\n  x\r\n"), [{
    id: "A",
    b: "x\n",
  }]);
});

const VALUES: Readonly<Record<string, Json>> = {
  "yes": "yes",
  "no": "no",
  "on": "on",
  "Off": "Off",
  "y": "y",
  "true": true,
  "False": false,
  "null": null,
  "~": null,
  "": null,
  "1": 1,
  "-1.5": -1.5,
  "1e3": 1000,
  "1e300": 1e300,
  "9007199254740991": 9007199254740991,
  "0x1F": 31,
  "1:30": "1:30",
  "1.2.3": "1.2.3",
  "2020-1": "2020-1",
  "'2020-01-01'": "2020-01-01",
  '"2020-01-01T00:00:00Z"': "2020-01-01T00:00:00Z",
  "!!str 2020-01-01": "2020-01-01",
  "'.nan'": ".nan",
  "'9007199254740993'": "9007199254740993",
  "!!str 1": "1",
  "!!seq [1]": [1],
  "{a: [1, {b: c}]}": { a: [1, { b: "c" }] },
  ">\n  a\n  b\n": "a b\n",
  '"\\ud800"': "\ud800",
};

Deno.test("parseBlock() reads the scalars of the core schema", () => {
  for (const [written, value] of Object.entries(VALUES)) {
    assertEquals(read(`a: ${written}`), [{ a: value }], written);
  }
});

const QUOTE = "put it in quotes";
const NO_JSON = "which is no JSON value";
const INEXACT = `which is beyond 2^53 - 1 and cannot be held exactly: ${QUOTE}`;

const NO_VALUES: Readonly<Record<string, string>> = {
  "2020-01-01": `"a.b[0]" is the timestamp 2020-01-01, ${NO_JSON}: ${QUOTE}`,
  "2020-01-01T10:00:00Z":
    `"a.b[0]" is the timestamp 2020-01-01T10:00:00Z, ${NO_JSON}: ${QUOTE}`,
  ".nan": `"a.b[0]" is NaN, ${NO_JSON}`,
  "-.inf": `"a.b[0]" is -Infinity, ${NO_JSON}`,
  "1e999": `"a.b[0]" is Infinity, ${NO_JSON}`,
  "9007199254740992": `"a.b[0]" is the integer 9007199254740992, ${INEXACT}`,
  "-9_007_199_254_740_993":
    `"a.b[0]" is the integer -9_007_199_254_740_993, ${INEXACT}`,
  "0xffffffffffffffff":
    `"a.b[0]" is the integer 0xffffffffffffffff, ${INEXACT}`,
};

Deno.test("parseBlock() names the path of what is no JSON value", () => {
  for (const [written, message] of Object.entries(NO_VALUES)) {
    const text = `id: A\na:\n  b:\n    - ${written}\n`;
    assertEquals(read(text), [`14:7 ${message}`], written);
  }
});

Deno.test("parseBlock() names the path of a tag with no JSON value", () => {
  const written = {
    binary: "!!binary aGk=",
    set: "!!set {x, y}",
    omap: "!!omap [x: 1]",
    pairs: "!!pairs [x: 1]",
    timestamp: "!!timestamp 2020-01-01",
  };
  for (const [type, text] of Object.entries(written)) {
    assertEquals(read(`id: A\na:\n  - b: ${text}\n`), [
      `13:${
        13 + type.length
      } invalid YAML: "a[0].b" is "!!${type}", ${NO_JSON}`,
    ], type);
  }
});

Deno.test("parseBlock() refuses keys that are no strings", () => {
  const types = {
    "1": "number",
    "-1": "number",
    "1.50": "number",
    "0x10": "number",
    "true": "boolean",
    "False": "boolean",
    "~": "null value",
    "null": "null value",
    "2020-01-01": "timestamp",
    ".inf": "number",
  };
  const names: Readonly<Record<string, string>> = {
    "1.50": "1.5",
    "0x10": "16",
    "False": "false",
    "~": "null",
    ".inf": "Infinity",
  };
  for (const [key, type] of Object.entries(types)) {
    const name = names[key] ?? key;
    assertEquals(read(`id: A\na:\n  ${key}: x\n`), [
      `13:5 key "a.${name}" is read as a ${type}, not as a string: ${QUOTE}`,
    ], key);
    assertEquals(read(`a: {"${key}": x}`), [{ a: { [key]: "x" } }], key);
  }
});

Deno.test("parseBlock() refuses lists and mappings as keys", () => {
  const texts = ["{{ x }}", "{{ x }}: 1", "[a]: 1", "? [a]\n  : 1", "? b: c"];
  for (const text of texts) {
    assertEquals(
      String(read(`a:\n  ${text}`)).replace(/^\d+:\d+ /, ""),
      'invalid key: a list or a mapping cannot be a key; put a value that begins with "{" or "[" in quotes',
      text,
    );
  }
});

Deno.test("parseBlock() keeps __proto__ and constructor plain keys", () => {
  const [one] = read("__proto__: {x: 1}\nconstructor: 2\ntoString: 3\n");
  assertEquals(Object.entries(one ?? {}), [
    ["__proto__", { x: 1 }],
    ["constructor", 2],
    ["toString", 3],
  ]);
  assertEquals(Object.getPrototypeOf(one), Object.prototype);
  const [merged] = read(
    "a: &a {__proto__: {x: 1}, constructor: 2}\nb: {<<: *a}",
  );
  assertEquals(
    JSON.stringify(merged),
    '{"a":{"__proto__":{"x":1},"constructor":2},"b":{"__proto__":{"x":1},"constructor":2}}',
  );
});

const ANCHORS: Readonly<Record<string, Json>> = {
  "a: &x {k: 1}\nb: *x": { a: { k: 1 }, b: { k: 1 } },
  "a: &x 0\nb: *x\nc: 1": { a: 0, b: 0, c: 1 },
  "a: [&x false, *x, 1]": { a: [false, false, 1] },
  "a: &x ''\nb:\n- *x\n- y": { a: "", b: ["", "y"] },
  "a: &x\nb: *x": { a: null, b: null },
  "a: &x ~\nb: {c: *x, d: *x}": { a: null, b: { c: null, d: null } },
  "a: &x !!str\nb: *x": { a: "", b: "" },
  "a: &x 0\nb: &x 1\nc: *x": { a: 0, b: 1, c: 1 },
  "a: &x k\nb: {*x : 1}": { a: "k", b: { k: 1 } },
};

Deno.test("parseBlock() follows aliases, also of empty values", () => {
  for (const [text, value] of Object.entries(ANCHORS)) {
    assertEquals(read(text), [value], text);
  }
});

const MERGES: Readonly<Record<string, Json>> = {
  "m: {<<: *a}": { p: 1, q: 2 },
  "m: {q: 3, <<: *a}": { q: 3, p: 1 },
  "m: {<<: *a, q: 3}": { p: 1, q: 3 },
  "m: {<<: [*b, *a]}": { p: 7, r: 8, q: 2 },
  "m: {<<: {s: 1}, t: 2}": { s: 1, t: 2 },
  "c: &c {<<: *a, q: 9}\nm: {<<: *c}": { p: 1, q: 9 },
  'm: {"<<": *a}': { "<<": { p: 1, q: 2 } },
  "m: {<<: []}": {},
};

Deno.test("parseBlock() merges mappings", () => {
  for (const [text, value] of Object.entries(MERGES)) {
    const [one] = parseBlock(
      block(`x: [&a {p: 1, q: 2}, &b {p: 7, r: 8}]\n${text}`),
    );
    const m = one?.kind === "case" ? one.value["m"] : one?.message;
    assertEquals(m, value, text);
    assertEquals(Object.keys(m ?? {}), Object.keys(value ?? {}), text);
  }
});

Deno.test("parseBlock() refuses what cannot be merged", () => {
  for (const source of ["1", "text", "[1]", "[[]]", "~"]) {
    assertEquals(read(`a:\n  <<: ${source}`), [
      '12:5 "a.<<" merges no mapping: give an alias such as "*name"',
    ], source);
  }
});

Deno.test("parseBlock() keeps the case behind a bare dash apart", () => {
  assertEquals(read("- id: a\n  tags:\n  - x\n  -\n- id: b"), [
    { id: "a", tags: ["x", null] },
    { id: "b" },
  ]);
  assertEquals(read("a:\n  b:\n    -\n  - c"), [
    "14:5 invalid YAML: this does not continue what stands before it: check the indentation",
  ]);
});

Deno.test("parseBlock() refuses a block without cases", () => {
  const texts = {
    "": "11:3 case block is empty",
    "\n# c\n": "11:3 case block is empty",
    "~": "11:3 case block is empty",
    "\n[]": "12:3 case block is an empty list",
    "\n\nfoo":
      '13:3 case block must be a mapping or a list of mappings, "foo" was given',
    "7": "11:3 case block must be a mapping or a list of mappings, 7 was given",
  };
  for (const [text, problem] of Object.entries(texts)) {
    assertEquals(read(text), [problem], text);
  }
});

Deno.test("parseBlock() keeps the good cases of a list", () => {
  assertEquals(
    read("- id: A\n- 7\n-\n- [x]\n- b: .nan\n- b: 2020-01-01\n- id: B\n"),
    [
      { id: "A" },
      "12:3 case must be a mapping, 7 was given",
      "13:3 case must be a mapping, null was given",
      "14:3 case must be a mapping, a list was given",
      `15:5 "b" is NaN, ${NO_JSON}`,
      `16:5 "b" is the timestamp 2020-01-01, ${NO_JSON}: ${QUOTE}`,
      { id: "B" },
    ],
  );
});

const JSON_TEXTS: Readonly<Record<string, Json | string>> = {
  '{"id": "A", "b": [1, -2.5e3, true, null, "\\u0041\\n"]}': {
    id: "A",
    b: [1, -2500, true, null, "A\n"],
  },
  '{"a": "2020-01-01", "1": "x", "<<": {"b": 1}}': {
    a: "2020-01-01",
    "1": "x",
    "<<": { b: 1 },
  },
  "": "1:1 document is empty",
  "null": "1:1 document is empty",
  "[]": "1:1 document is an empty list",
  '"x"': '1:1 document must be a mapping or a list of mappings, "x" was given',
  '\n{"a": 1,\n "a": 2}':
    '3:2 invalid JSON: duplicate key "a": keep one of the two',
  '{"a": 1,}': '1:9 invalid JSON: expected a key in double quotes, found "}"',
  "[{},]": '1:5 invalid JSON: expected a value, found "]"',
  "[1 2]": '1:4 invalid JSON: expected "," or "]", found "2"',
  '{"a" 1}': '1:6 invalid JSON: expected ":", found "1"',
  "{a: 1}": '1:2 invalid JSON: expected a key in double quotes, found "a"',
  "{'a': 1}": `1:2 invalid JSON: expected a key in double quotes, found "'"`,
  '{"a": 01}': '1:8 invalid JSON: expected "," or "}", found "1"',
  '{"a": NaN}': '1:7 invalid JSON: expected a value, found "NaN"',
  "// c\n{}": '1:1 invalid JSON: expected a value, found "/"',
  '{"a": 1} x': '1:10 invalid JSON: expected the end, found "x"',
  '{"a": "x\ny"}':
    "1:7 invalid JSON: a string is not closed, or holds a line break, a control character or an unknown escape",
  '{"a": "x':
    "1:7 invalid JSON: a string is not closed, or holds a line break, a control character or an unknown escape",
  '{"a": "\\x"}':
    "1:7 invalid JSON: a string is not closed, or holds a line break, a control character or an unknown escape",
  '{"a": [': "1:8 invalid JSON: expected a value, the text ends",
  '{"a": 1e999}': `1:2 "a" is Infinity, ${NO_JSON}`,
  '{"a": 9007199254740993}':
    `1:2 "a" is the integer 9007199254740993, ${INEXACT}`,
};

Deno.test("parseDocument() reads strict JSON without duplicate keys", () => {
  for (const [text, value] of Object.entries(JSON_TEXTS)) {
    const found = parseDocument({ path: "p", format: "json" }, bytes(text));
    const [one] = found.map((one) =>
      one.kind === "case"
        ? one.value
        : `${one.location.line}:${one.location.column} ${one.message}`
    );
    assertEquals(one, value, text);
    assertEquals(found.length, 1, text);
  }
});

Deno.test("parseDocument() makes __proto__ a key of a JSON object", () => {
  const text = '{"__proto__": {"x": 1}, "constructor": 2}';
  const [one] = parseDocument({ path: "p", format: "json" }, bytes(text));
  assertEquals(
    one?.kind === "case" && JSON.stringify(one.value),
    '{"__proto__":{"x":1},"constructor":2}',
  );
});

Deno.test("parseDocument() reads a YAML file from its first line", () => {
  const found = parseDocument(
    { path: "p", format: "yaml" },
    bytes("\ufeff- id: A\r\n- id: B\r\n- c\r\n"),
  );
  assertEquals(found.map((one) => one.location), [
    { path: "p", line: 1, column: 1 },
    { path: "p", line: 2, column: 1 },
    { path: "p", line: 3, column: 1 },
  ]);
});

Deno.test("parseDocument() reads the blocks of a Markdown file in order", () => {
  const text =
    "~~~yaml spec-test\nid: A\n~~~\n~~~yaml spec_test\n~~~\n~~~yaml spec-test\n- id: B\n- x\n~~~\n";
  const found = parseDocument({ path: "p", format: "md" }, bytes(text));
  assertEquals(found.map((one) => `${one.kind} ${one.location.line}`), [
    "case 2",
    "problem 4",
    "case 7",
    "problem 8",
  ]);
  assertEquals(parseDocument({ path: "p", format: "md" }, bytes("# T\n")), []);
});

const BROKEN: readonly (readonly [number[], string])[] = [
  [
    [0x61, 0x0a, 0xc3, 0xa9, 0xff],
    "2:2 document is not UTF-8: byte 0xff is out of place",
  ],
  [[0x80], "1:1 document is not UTF-8: byte 0x80 is out of place"],
  [[0xc0, 0x80], "1:1 document is not UTF-8: byte 0xc0 is out of place"],
  [
    [0x61, 0xe0, 0x80, 0x80],
    "1:2 document is not UTF-8: byte 0xe0 is out of place",
  ],
  [[0xed, 0xa0, 0x80], "1:1 document is not UTF-8: byte 0xed is out of place"],
  [
    [0xf0, 0x9f, 0x98, 0x80, 0xf5],
    "1:3 document is not UTF-8: byte 0xf5 is out of place",
  ],
  [[0xf0, 0x9f, 0x98], "1:1 document is not UTF-8: byte 0xf0 is out of place"],
  [
    [0xef, 0xbb, 0xbf, 0x0d, 0x0a, 0xfe],
    "2:1 document is not UTF-8: byte 0xfe is out of place",
  ],
  [[0xff, 0xfe, 0x61, 0x00], "1:1 document is UTF-16: save it as UTF-8"],
  [[0xfe, 0xff, 0x00, 0x61], "1:1 document is UTF-16: save it as UTF-8"],
];

Deno.test("parseDocument() keeps the document's text, every character of it", () => {
  const block = "```yaml spec-test\nid: A\n```\n";
  for (
    const text of [block, `\ufeff${block}`, block.replaceAll("\n", "\r\n")]
  ) {
    const [one] = parseDocument({ path: "p", format: "md" }, bytes(text));
    assertEquals(one?.kind === "case" && one.text?.(), text);
    assertEquals(one?.kind === "case" && one.value, { id: "A" });
  }
});

Deno.test("parseDocument() reports the first byte that is not UTF-8", () => {
  for (const [content, problem] of BROKEN) {
    for (const format of ["md", "yaml", "json"] as const) {
      const [one] = parseDocument(
        { path: "p", format },
        Uint8Array.from(content),
      );
      assertEquals(
        one?.kind === "problem" &&
          `${one.location.line}:${one.location.column} ${one.message}`,
        problem,
      );
    }
  }
});
