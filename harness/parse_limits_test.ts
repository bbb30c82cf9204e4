import { assertEquals } from "@std/assert";
import {
  DEPTH,
  KEY,
  lines,
  MIB,
  NODES,
  read,
  testHostileBlocks,
} from "./_hostile_blocks_testing.ts";

const SIZE = "1:1 too large: more than 4 MiB in one block or file";

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

// As large as they may be: tests/heavy/sizes.ts.
testHostileBlocks(0.25);
