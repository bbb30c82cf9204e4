import { assertEquals } from "@std/assert";
import { parseBlock, parseDocument } from "./parse.ts";

const MIB = 1024 * 1024;

/** `LINE:COLUMN MESSAGE` of the only problem, or how many cases there are. */
function read(text: string, format: "yaml" | "json" = "yaml"): string | number {
  const found = format === "json"
    ? parseDocument({ path: "p", format }, new TextEncoder().encode(text))
    : parseBlock({
      kind: "block",
      path: "p",
      line: 0,
      bodyLine: 1,
      indent: 0,
      text,
    });
  const [one] = found;
  if (one?.kind !== "problem") return found.length;
  return `${one.location.line}:${one.location.column} ${one.message}`;
}

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join("\n");
}

const DEPTH = "too large: collections nested deeper than 100";
const NODES = "too large: more than 200000 values, aliases followed";
const SIZE = "1:1 too large: more than 4 MiB in one block or file";
const CYCLE = "an alias stands inside what it stands for";
const KEY =
  'invalid key: a list or a mapping cannot be a key; put a value that begins with "{" or "[" in quotes';

Deno.test("parseBlock() takes 4 MiB of UTF-8 and no byte more [SF-YAML-7, not SF-YAML-7]", () => {
  assertEquals(read("a: " + "x".repeat(4 * MIB - 3)), 1);
  assertEquals(read("a: " + "x".repeat(4 * MIB - 2)), SIZE);
  assertEquals(read("a: x" + "é".repeat(2 * MIB - 2)), 1);
  assertEquals(read("a: xy" + "é".repeat(2 * MIB - 2)), SIZE);
  assertEquals(read(`{"a": "${"é".repeat(2 * MIB)}"}`, "json"), SIZE);
});

Deno.test("parseBlock() takes 100 collections inside each other [SF-YAML-7, not SF-YAML-7]", () => {
  const flow = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  const block = (depth: number) =>
    lines(depth, (index) => `${" ".repeat(index)}a:`);
  assertEquals(read(`a: ${flow(99)}`), 1);
  assertEquals(read(`a: ${flow(100)}`), `1:103 ${DEPTH}`);
  assertEquals(read(`{"a": ${flow(99)}}`, "json"), 1);
  assertEquals(read(`{"a": ${flow(100)}}`, "json"), `1:107 ${DEPTH}`);
  assertEquals(read(block(100)), 1);
  assertEquals(read(block(101)), `100:100 ${DEPTH}`);
  assertEquals(read("a:\n" + "- ".repeat(98) + "b: 1"), 1);
  assertEquals(read("a:\n" + "- ".repeat(99) + "b: 1"), `2:197 ${DEPTH}`);
});

/** Ways to put collections inside each other. */
const NESTED: Readonly<Record<string, (depth: number) => string>> = {
  "[": (depth) => "[".repeat(depth) + "]".repeat(depth),
  "{a: ": (depth) => "{a: ".repeat(depth) + "1" + "}".repeat(depth),
  "[? ": (depth) => "[? ".repeat(depth) + "a" + "]".repeat(depth),
  "[a: ": (depth) => "[a: ".repeat(depth) + "1" + "]".repeat(depth),
  "- ": (depth) => "- ".repeat(depth) + "a",
  "? ": (depth) => "? ".repeat(depth) + "a",
  "- ? ": (depth) => "- ? ".repeat(depth / 2 + 1) + "a",
  "a:": (depth) => lines(depth, (index) => `${" ".repeat(index)}a:`) + " 1",
  "- a:": (depth) =>
    lines(depth / 2 + 1, (index) => `${"  ".repeat(index)}- a:`) + " 1",
  "- [": (depth) => "- ".repeat(90) + "[".repeat(depth) + "]".repeat(depth),
};

Deno.test("parseBlock() refuses what is too deep before its parser is, however it is written", () => {
  for (const [name, text] of Object.entries(NESTED)) {
    // Around what is parsed at once, and around the end of the parser's stack.
    for (const depth of [102, 198, 402, 998, 1002, 1900, 2600]) {
      const found = String(read(text(depth)));
      const isAnswer = found.endsWith(DEPTH) || found.endsWith(KEY);
      assertEquals(isAnswer, true, `${depth} times ${name}: ${found}`);
    }
  }
});

Deno.test("parseBlock() takes 200,000 values, aliases followed [SF-YAML-7, not SF-YAML-7]", () => {
  // The mapping, the list and its items.
  assertEquals(read(`a: [${"1,".repeat(199_998)}]`), 1);
  assertEquals(
    read(`a: [${"1,".repeat(199_999)}]`).toString().slice(-52),
    NODES,
  );
  assertEquals(read(`{"a": [${"1,".repeat(199_997)}1]}`, "json"), 1);
  assertEquals(
    read(`{"a": [${"1,".repeat(199_998)}1]}`, "json"),
    `1:400004 ${NODES}`,
  );
  const shared = `a: &a [${"1,".repeat(998)}]\nb: [`;
  assertEquals(read(`${shared}${"*a,".repeat(199)}]`), 1);
  assertEquals(read(`${shared}${"*a,".repeat(200)}]`), `2:602 ${NODES}`);
});

const HOSTILE: Readonly<Record<string, [string, string | number]>> = {
  "[": ["[".repeat(4 * MIB), `1:101 ${DEPTH}`],
  "- ": ["- ".repeat(2 * MIB), `1:201 ${DEPTH}`],
  "? ": ["? ".repeat(2 * MIB), `1:201 ${DEPTH}`],
  "{a: ": ["{a: ".repeat(MIB), `1:401 ${DEPTH}`],
  "[? ": ["[? ".repeat(MIB), `1:301 ${DEPTH}`],
  "indented": [lines(2800, (i) => `${" ".repeat(i)}a:`), `101:101 ${DEPTH}`],
  "short but deep": ["[".repeat(9_000), `1:101 ${DEPTH}`],
  "[],": [`[${"[],".repeat(MIB)}]`, `1:599999 ${NODES}`],
  "[,,": [`[${",".repeat(4 * MIB - 2)}]`, `1:200001 ${NODES}`],
  "-\\n": ["-\n".repeat(2 * MIB), `200000:1 ${NODES}`],
  "list as key": [`[${"x,".repeat(MIB)}]: 1`, `1:400000 ${NODES}`],
  "aliases": [`a: &a 1\nb: [${"*a,".repeat(MIB)}]`, `2:599999 ${NODES}`],
  "alias bomb": [
    lines(100, (i) => `a${i}: &a${i} [${`*a${i - 1},`.repeat(i && 9)}]`),
    `7:14 ${NODES}`,
  ],
  "merge bomb": [
    `a: &a\n${lines(50_000, (i) => `  k${i}: 1`)}\nb: {<<: [${
      "*a,".repeat(100_000)
    }]}`,
    `50002:1 ${NODES}`,
  ],
  "merge chain": [
    `- &a0 {k: 1}\n${
      lines(2000, (i) => `- &a${i + 1} {<<: *a${i}, k${i}: 1}`)
    }`,
    `447:1 ${NODES}`,
  ],
  "keys by alias": [
    `- &a [${"x,".repeat(100_000)}]\n${"- *a : 1\n".repeat(20_000)}`,
    `2:3 ${KEY}`,
  ],
  "keys by their own alias": [
    `&a [${"x,".repeat(100_000)}${"{*a : 1},".repeat(20_000)}]`,
    `1:200006 ${KEY}`,
  ],
  "alias of itself": ["a: &a [*a]", `1:8 ${CYCLE}`],
  "merge of itself": ["a: &a {<<: *a}", `1:1 ${CYCLE}`],
  "mapping in itself": ["a: &a\n  b:\n    c: *a", `3:5 ${CYCLE}`],
  "anchors": ["&a ".repeat(MIB), "1:4 invalid YAML: duplicate anchor property"],
  "100,000 keys": [lines(100_000, (i) => `key${i}: ${i}`), 1],
  "blank lines": [`a:\n${"\n".repeat(4 * MIB - 10)}b: 1`, 1],
  "colons": [`a: ${":".repeat(4 * MIB - 10)}x`, 1],
  "nested plain": [
    `${lines(90, (i) => `${" ".repeat(i)}a:`)} x${"\n".repeat(3 * MIB)}`,
    1,
  ],
  "dashes": [
    `a: ${"- ".repeat(10)}`,
    `1:4 ${misplaced("begin a list on a line of its own")}`,
  ],
  "timestamps": [
    `a: [${"2020-01-01,".repeat(50_000)}]`,
    '1:5 "a[0]" is the timestamp 2020-01-01, which is no JSON value: put it in quotes',
  ],
};

function misplaced(remedy: string): string {
  return `invalid YAML: this does not continue what stands before it: ${remedy}`;
}

// Far above what a busy machine needs, far below what quadratic time would take.
const HANGS_MS = 20_000;

for (const [name, [text, wanted]] of Object.entries(HOSTILE)) {
  Deno.test(`parseBlock() is quick to answer: ${name}`, () => {
    const start = performance.now();
    assertEquals(read(text), wanted);
    const ms = performance.now() - start;
    assertEquals(ms < HANGS_MS, true, `took ${ms} ms`);
  });
}
