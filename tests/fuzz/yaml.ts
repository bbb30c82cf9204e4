/** YAML of the common shape, held against the library that reads any. */

import { isDeepStrictEqual } from "node:util";
import { codedText } from "../../harness/_coded_text.ts";
import { readQuickly } from "../../harness/_quick_yaml.ts";
import { readCases } from "../../harness/_read_cases.ts";
import { TextFault } from "../../harness/_text_fault.ts";
import { type ReadText, readWithLibrary } from "../../harness/_yaml.ts";
import type { Dice } from "./_dice.ts";
import { type Problem, shorterTexts, type Target } from "./_fuzzer.ts";

const WORDS = ["a", "some text", "x-y", "true", "Null", "~", "0", "12", "-3"];
const ODD_WORDS = [
  ...["1.5", "0x1f", "2001-01-01", "a:b", "a#b", "a #b", "-x", "--", ".", "-"],
  ...["../a", ".5", "1_000", "+1", "é\u{1f600}", "FALSE", "__proto__", "*a"],
  ...["<<", "nan", "-.inf", "010", "-0", "1e3", "?x", ":x", "a: b", "a b:"],
];
const QUOTED = ['"a"', "'a'", "'it''s'", "''", '""', '"a\\nb"', '"a: b"'];
const ODD_QUOTED = [
  ...['"\\x41"', "'a' b", '"a', "'# no'", '"2001-01-01"', "' '", '"\\\\"'],
  ...["'''", '"\\"', "'a\n b'", '"a\n  b"', "'a'#b", '"a" #b', '"a":'],
];
/** What a line is spoilt with. */
const PIECES = [
  ...[" ", "\n", ":", ": ", "- ", "#", " #", ",", "[", "]", "{", "}", "|"],
  ...['"', "'", "&a ", "*a", "!!str ", "? ", "\t", "\\", "---", "...", "%"],
  ...["\u2028", "\ufeff", "\r", "\0", "|-", "|2", "<<: ", "\n\n", "  ", ">"],
];

/** Texts that are nearly all of the common shape. */
export const yaml: Target<string> = {
  name: "yaml",
  runs: 3000,
  generate(dice) {
    const text = randomLines(dice, 0, 3).join("\n");
    const end = dice.below(20) === 0 ? "" : "\n";
    return (dice.below(3) > 0 ? text : spoilt(text, dice)) + end;
  },
  check: differs,
  shrink: shorterTexts,
};

function randomLines(dice: Dice, column: number, depth: number): string[] {
  const indent = " ".repeat(column);
  const isList = dice.below(3) === 0;
  const count = 1 + dice.below(3);
  return Array.from({ length: count }, (_, index) => {
    const lead = isList ? "- " : `${randomKey(dice, index)}:`;
    if (depth === 0 || dice.below(3) > 0) {
      const gap = isList ? "" : " ".repeat(1 + dice.below(8) % 2);
      return [indent + lead + gap + randomInline(dice, column, depth)];
    }
    if (isList) {
      const [first = "", ...rest] = randomLines(dice, column + 2, depth - 1);
      return [indent + lead + first.trimStart(), ...rest];
    }
    const deeper = column + dice.pick([0, 1, 2, 2, 2, 4]);
    const between = dice.below(6) === 0 ? ["", `${indent} # c`] : [];
    return [indent + lead, ...between, ...randomLines(dice, deeper, depth - 1)];
  }).flat();
}

function randomKey(dice: Dice, index: number): string {
  if (dice.below(40) > 0) return `k${index}`;
  return dice.pick(dice.below(2) === 0 ? WORDS : ODD_WORDS);
}

function randomScalar(dice: Dice): string {
  const isOdd = dice.below(16) === 0;
  return dice.below(2) === 0
    ? dice.pick(isOdd ? ODD_WORDS : WORDS)
    : dice.pick(isOdd ? ODD_QUOTED : QUOTED);
}

function randomInline(dice: Dice, column: number, depth: number): string {
  const kind = dice.below(10);
  if (kind < 6) return randomScalar(dice) + randomEnd(dice);
  if (kind < 8) return randomFlow(dice, depth + 1) + randomEnd(dice);
  if (kind < 9) return dice.below(4) === 0 ? "" : "a";
  const inside = " ".repeat(column + dice.pick([0, 1, 2, 2, 3]));
  const lines = Array.from(
    { length: 1 + dice.below(3) },
    () =>
      inside + dice.pick(["", " ", "text", "# no", "  deeper", "a: b", "- c"]),
  );
  return [dice.pick(["|", "|", "|-", "|-", "|+", "|+", ">", "|2"]), ...lines]
    .join("\n");
}

function randomEnd(dice: Dice): string {
  return dice.below(12) === 0 ? dice.pick(["  ", " # c", "#c", " #", ":"]) : "";
}

function randomFlow(dice: Dice, depth: number): string {
  if (depth === 0 || dice.below(2) === 0) return randomScalar(dice);
  const isList = dice.below(3) > 0;
  const entries = Array.from({ length: dice.below(4) }, (_, index) => {
    const value = randomFlow(dice, depth - 1);
    const isItem = isList && dice.below(6) > 0;
    return isItem ? value : `${randomKey(dice, index)}: ${value}`;
  });
  const between = dice.pick([", ", ", ", ",", ",\n    ", " , "]);
  const inside = entries.join(between) + dice.pick(["", "", "", ",", "\n  "]);
  return isList ? `[${inside}]` : `{${inside}}`;
}

function spoilt(text: string, dice: Dice): string {
  const at = dice.below(text.length + 1);
  const end = at + dice.below(3);
  return text.slice(0, at) + dice.pick(PIECES) + text.slice(end);
}

function differs(text: string): Problem {
  const quick = readQuickly(text);
  if (!isSame(readInside(text), quick)) return "it reads it otherwise inside";
  if (quick === undefined) return undefined;
  const ours = quick.value;
  try {
    const theirs = readWithLibrary(text);
    const read = { ...theirs, value: ours, isClean: true, merges: "never" };
    const cases = casesOf(text, read as ReadText);
    return isSame(ours, theirs.value) && isSame(cases, casesOf(text, theirs))
      ? undefined
      : `${JSON.stringify(ours)}, and ${JSON.stringify(theirs.value)}`;
  } catch (error) {
    if (!(error instanceof TextFault)) throw error;
    return `${JSON.stringify(ours)}, and the library: ${error.message}`;
  }
}

/** Reads it with something in front and behind, as in a document. */
function readInside(text: string): unknown {
  const before = "é: [\n";
  const whole = codedText(`${before}${text}    ~~~\n]\n`);
  const start = before.length;
  return readQuickly({ ...whole, start, end: start + text.length });
}

/** The order of keys counts. */
function isSame(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a, b) && JSON.stringify(a) === JSON.stringify(b);
}

function casesOf(text: string, read: ReadText): unknown {
  const block = { path: "p", line: 1, bodyLine: 2, indent: 0, text };
  try {
    return readCases({ kind: "block", ...block }, read, { noun: "block" })
      .map((one) =>
        one.kind === "case"
          ? { value: one.value, at: one.location, id: one.locate(["id"]) }
          : one
      );
  } catch (error) {
    if (error instanceof TextFault) return [error.message, error.offset];
    throw error;
  }
}
