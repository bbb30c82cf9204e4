import { evaluating, fenced, looking, MIB, testAnswers } from "./_answers.ts";

const TOO_LARGE = "1:1 schema too large: more than 4 MiB in one block or file";
const NO_CASE = 'Cannot find any case: no case block in "/p"';
const MANY = 20_000;

function bytes(length: number, text: string): Uint8Array {
  const piece = new TextEncoder().encode(text);
  const whole = new Uint8Array(length);
  for (let at = 0; at < length; at += piece.length) {
    whole.set(piece.subarray(0, length - at), at);
  }
  return whole;
}

const LINE = new Uint8Array(50 * MIB).fill(0x20);
const RETURNS = new Uint8Array(50 * MIB).fill(0x0d);

function many(line: (index: number) => string): string {
  return Array.from({ length: MANY }, (_, index) => line(index)).join("");
}

/** What becomes of very many problems: so many are listed, and the next tells. */
function manyProblems(one: (index: number) => string, left: string): string[] {
  const listed = Array.from({ length: 1000 }, (_, index) => one(index));
  const [place = "", ...rest] = one(1000).split(" schema ");
  const what = `1000 problems of this document are listed, ${left}`;
  return [...listed, `${place} schema ${what}; the first of those: ${rest}`];
}

testAnswers({
  "100,000 misspelt fences": {
    text: "```yaml spec_test\n```\n".repeat(100_000),
    wanted: manyProblems(
      (index) =>
        `${2 * index + 1}:1 schema "spec_test" does not mark a case block:`,
      "99000 are not",
    ),
  },
  "100,000 empty blocks": {
    text: "```yaml spec-test\n```\n".repeat(100_000),
    wanted: manyProblems(
      (index) => `${2 * index + 2}:1 schema case block is empty`,
      "99000 are not, 95000 of them blocks that were not read any more",
    ),
  },
  "100,000 items that are no cases": {
    format: "yaml",
    text: "- 7\n".repeat(100_000),
    wanted: manyProblems(
      (index) => `${index + 1}:1 schema case must be a mapping, 7 was given`,
      "99000 are not",
    ),
  },
  "20,000 cases with one id": {
    format: "yaml",
    text: "- {id: A, type: text.file}\n".repeat(20_001),
    wanted: [
      "pass",
      ...Array.from(
        { length: 1000 },
        (_, index) =>
          `${index + 2}:4 schema duplicate id "A": it is already used at /p:1`,
      ),
      "1002:1 schema 1000 problems of this document are listed, 19000 are not",
    ],
  },
  "a line of 50 MiB": { text: LINE, wanted: [NO_CASE] },
  "a line of 50 MiB in YAML": {
    format: "yaml",
    text: LINE,
    wanted: [TOO_LARGE],
  },
  "50 MiB of line ends": { text: RETURNS, wanted: [NO_CASE] },
  "a block of 50 MiB that is never closed": {
    text: bytes(50 * MIB, "   ```yaml spec-test\nid: A\n"),
    wanted: ["1:4 schema case block is not closed"],
  },
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
  "100,000 fences": { text: "```\n".repeat(200_000), wanted: [NO_CASE] },
  "100,000 openers of a case": {
    text: "```yaml spec-test\n".repeat(100_000),
    wanted: ["1:1 schema case block is not closed"],
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
