/**
 * Blocks that are made to keep their reader busy.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { parseBlock, parseDocument } from "./parse.ts";

/** A mebibyte. */
export const MIB: number = 1024 * 1024;

/** `LINE:COLUMN MESSAGE` of the only problem, or how many cases there are. */
export function read(
  text: string,
  format: "yaml" | "json" = "yaml",
): string | number {
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

/** Lines, each made from its index. */
export function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join("\n");
}

/** What is said of too deep collections. */
export const DEPTH = "too large: collections nested deeper than 100";
/** What is said of too many values. */
export const NODES = "too large: more than 200000 values, aliases followed";
/** What is said of a list or a mapping that is a key. */
export const KEY =
  'invalid key: a list or a mapping cannot be a key; put a value that begins with "{" or "[" in quotes';
const CYCLE = "an alias stands inside what it stands for";

type Answers = Readonly<Record<string, readonly [string, string | number]>>;

/** Blocks that take long to read, if anything does, and what is said of each. */
function hostileBlocks(share: number): Answers {
  const some = (most: number) => Math.round(most * share);
  const keys = some(50_000);
  const items = some(100_000);
  return {
    "[": ["[".repeat(some(4 * MIB)), `1:101 ${DEPTH}`],
    "- ": ["- ".repeat(some(2 * MIB)), `1:201 ${DEPTH}`],
    "? ": ["? ".repeat(some(2 * MIB)), `1:201 ${DEPTH}`],
    "{a: ": ["{a: ".repeat(some(MIB)), `1:401 ${DEPTH}`],
    "[? ": ["[? ".repeat(some(MIB)), `1:301 ${DEPTH}`],
    "indented": [lines(2800, (i) => `${" ".repeat(i)}a:`), `101:101 ${DEPTH}`],
    "short but deep": ["[".repeat(9_000), `1:101 ${DEPTH}`],
    "[],": [`[${"[],".repeat(some(MIB))}]`, `1:599999 ${NODES}`],
    "[,,": [`[${",".repeat(some(4 * MIB) - 2)}]`, `1:200001 ${NODES}`],
    "-\\n": ["-\n".repeat(some(2 * MIB)), `200000:1 ${NODES}`],
    "list as key": [`[${"x,".repeat(some(MIB))}]: 1`, `1:400000 ${NODES}`],
    "aliases": [
      `a: &a 1\nb: [${"*a,".repeat(some(MIB))}]`,
      `2:599999 ${NODES}`,
    ],
    "alias bomb": [
      lines(100, (i) => `a${i}: &a${i} [${`*a${i - 1},`.repeat(i && 9)}]`),
      `7:14 ${NODES}`,
    ],
    "merge bomb": [
      `a: &a\n${lines(keys, (i) => `  k${i}: 1`)}\nb: {<<: [${
        "*a,".repeat(items)
      }]}`,
      `${keys + 2}:1 ${NODES}`,
    ],
    "merge chain": [
      `- &a0 {k: 1}\n${
        lines(2000, (i) => `- &a${i + 1} {<<: *a${i}, k${i}: 1}`)
      }`,
      `447:1 ${NODES}`,
    ],
    "keys by alias": [
      `- &a [${"x,".repeat(items)}]\n${"- *a : 1\n".repeat(some(20_000))}`,
      `2:3 ${KEY}`,
    ],
    "keys by their own alias": [
      `&a [${"x,".repeat(items)}${"{*a : 1},".repeat(some(20_000))}]`,
      `1:${2 * items + 6} ${KEY}`,
    ],
    "alias of itself": ["a: &a [*a]", `1:8 ${CYCLE}`],
    "merge of itself": ["a: &a {<<: *a}", `1:1 ${CYCLE}`],
    "mapping in itself": ["a: &a\n  b:\n    c: *a", `3:5 ${CYCLE}`],
    "anchors": [
      "&a ".repeat(some(MIB)),
      "1:4 invalid YAML: duplicate anchor property",
    ],
    "keys": [lines(items, (i) => `key${i}: ${i}`), 1],
    "blank lines": [`a:\n${"\n".repeat(some(4 * MIB) - 10)}b: 1`, 1],
    "colons": [`a: ${":".repeat(some(4 * MIB) - 10)}x`, 1],
    "nested plain": [
      `${lines(90, (i) => `${" ".repeat(i)}a:`)} x${
        "\n".repeat(some(3 * MIB))
      }`,
      1,
    ],
    "dashes": [
      `a: ${"- ".repeat(10)}`,
      `1:4 ${misplaced("begin a list on a line of its own")}`,
    ],
    "timestamps": [
      `a: [${"2020-01-01,".repeat(some(50_000))}]`,
      '1:5 "a[0]" is the timestamp 2020-01-01, which is no JSON value: put it in quotes',
    ],
  };
}

function misplaced(remedy: string): string {
  return `invalid YAML: this does not continue what stands before it: ${remedy}`;
}

// Far above what a busy machine needs, far below what quadratic time would take.
const HANGS_MS = 20_000;

/**
 * Registers a test for each block.
 *
 * @param share How large blocks are: 1 for the largest that are read. Below a
 * quarter some are not too large any more.
 */
export function testHostileBlocks(share: number): void {
  for (const [name, [text, wanted]] of Object.entries(hostileBlocks(share))) {
    Deno.test(`parseBlock() is quick to answer: ${name}`, () => {
      const start = performance.now();
      assertEquals(read(text), wanted);
      const ms = performance.now() - start;
      assertEquals(ms < HANGS_MS, true, `took ${ms} ms`);
    });
  }
}
