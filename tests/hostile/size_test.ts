import { evaluating, fenced, looking, MIB, testAnswers } from "./_answers.ts";
import { largeDocuments, NO_CASE } from "./_large.ts";

const MANY = 20_000;

function many(line: (index: number) => string): string {
  return Array.from({ length: MANY }, (_, index) => line(index)).join("");
}

// Larger ones: tests/heavy/sizes.ts.
testAnswers(largeDocuments(10_000, 8));

testAnswers({
  "an indented block of blank lines": {
    text: `   \`\`\`yaml spec-test\n${" \n".repeat(4 * MIB + 2)}\`\`\``,
    wanted: ["2:4 schema too large: more than 4 MiB in one block or file"],
  },
  "a fence of a million backticks": {
    text: `${"`".repeat(MIB)}yaml spec-test\nid: A`,
    wanted: ["1:1 schema case block is not closed"],
  },
  "a million words behind a fence": {
    text: `~~~${" yaml".repeat(MIB)} spec-test\n~~~`,
    wanted: ["1:1 schema more than 1000 characters stand behind the fence"],
  },
  "a million other words behind a fence": {
    text: `~~~${" text".repeat(MIB)}\n~~~`,
    wanted: [NO_CASE],
  },
  "fences in fences, each longer": {
    text: Array.from({ length: 1000 }, (_, i) => "`".repeat(i + 3) + "yaml\n")
      .join("") + fenced("id: A\ntype: text.file"),
    wanted: [
      "1001:1 schema case block is not run, because it opens inside the fence of line 1:",
    ],
  },
  "a key of a mebibyte": {
    text: looking(`? ${"k".repeat(MIB)}\n: 1`),
    wanted: [`5:1 schema unknown key "${"k".repeat(200)}…${"k".repeat(100)}"`],
  },
  "an id of a mebibyte": {
    text: fenced(`id: ${"a".repeat(MIB)}\ntype: text.file\nx: 1`),
    wanted: ['4:1 schema unknown key "x"'],
  },
  "a type of a mebibyte": {
    text: fenced(`id: A\ntype: ${"t".repeat(MIB)}`),
    wanted: ["3:1 runtime unknown spec-test type"],
  },
  "a title of a mebibyte": {
    text: looking(`title: ${"t".repeat(MIB)}\nx: 1`),
    wanted: ['6:1 schema unknown key "x"'],
  },
  "an operator of a mebibyte": {
    text: looking(`assert:\n  target: text\n  must:\n  - ? ${"k".repeat(MIB)}`),
    wanted: [`8:5 schema unsupported op "${"k".repeat(200)}…`],
  },
  "a target of a mebibyte": {
    text: looking(
      `assert:\n  target: ${"k".repeat(MIB)}\n  must: [regex: [a]]`,
    ),
    wanted: [`6:3 schema unknown assert target: "${"k".repeat(60)}"`],
  },
  "20,000 unknown keys": {
    text: looking(many((index) => `k${index}:\n`)),
    wanted: ['5:1 schema unknown key "k0"'],
  },
  "20,000 unknown keys of harness": {
    text: looking(`harness:\n${many((index) => `  k${index}:\n`)}`),
    wanted: [
      '6:3 schema unsupported harness key(s): "k0", "k1", "k2", "k3", "k4", and 19995 more; known',
    ],
  },
  "20,000 capabilities": {
    text: looking(
      `requires: {capabilities: [${many((index) => `c${index},`)}]}`,
    ),
    wanted: [
      '5:12 runtime missing capabilities "c0", "c1", "c2", "c3", "c4", and 19995 more',
    ],
  },
  "a budget that is 20,000 values": {
    text: looking(`harness: {spec_lang: {max_steps: [${"1,".repeat(MANY)}]}}`),
    wanted: [
      "5:23 schema harness.spec_lang.max_steps must be an integer of at least 1, got a list",
    ],
  },
  "an operator of the language of 200,000 letters": {
    text: evaluating(`[${"k".repeat(200_000)}, 1]`),
    wanted: ['5:42 schema unsupported spec_lang symbol "kkkkkkk'],
  },
  "an expression of 200,000 letters": {
    text: evaluating(`[var, ${"k".repeat(200_000)}]`),
    wanted: ['5:42 schema undefined variable "kkkkkkk'],
  },
});
