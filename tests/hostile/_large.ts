/**
 * Documents that are large, or hold very much of something.
 *
 * @module
 */

import { type Hostile, MIB } from "./_answers.ts";

/** What is said of a document without a case. */
export const NO_CASE = 'Cannot find any case: no case block in "/p"';
const TOO_LARGE = "1:1 schema too large: more than 4 MiB in one block or file";

function bytes(length: number, text: string): Uint8Array {
  const piece = new TextEncoder().encode(text);
  const whole = new Uint8Array(length);
  for (let at = 0; at < length; at += piece.length) {
    whole.set(piece.subarray(0, length - at), at);
  }
  return whole;
}

/** What becomes of very many problems: so many are listed, and the next tells. */
function manyProblems(one: (index: number) => string, left: string): string[] {
  const listed = Array.from({ length: 1000 }, (_, index) => one(index));
  const [place = "", ...rest] = one(1000).split(" schema ");
  const what = `1000 problems of this document are listed, ${left}`;
  return [...listed, `${place} schema ${what}; the first of those: ${rest}`];
}

/** Documents with so many things, and of so many mebibytes. */
export function largeDocuments(
  count: number,
  mib: number,
): Readonly<Record<string, Hostile>> {
  const line = new Uint8Array(mib * MIB).fill(0x20);
  return {
    [`${count} misspelt fences`]: {
      text: "```yaml spec_test\n```\n".repeat(count),
      wanted: manyProblems(
        (index) =>
          `${2 * index + 1}:1 schema "spec_test" does not mark a case block:`,
        `${count - 1000} are not`,
      ),
    },
    [`${count} empty blocks`]: {
      text: "```yaml spec-test\n```\n".repeat(count),
      wanted: manyProblems(
        (index) => `${2 * index + 2}:1 schema case block is empty`,
        `${count - 1000} are not, ${
          count - 5000
        } of them blocks that were not read any more`,
      ),
    },
    [`${count} items that are no cases`]: {
      format: "yaml",
      text: "- 7\n".repeat(count),
      wanted: manyProblems(
        (index) => `${index + 1}:1 schema case must be a mapping, 7 was given`,
        `${count - 1000} are not`,
      ),
    },
    [`${count / 5} cases with one id`]: {
      format: "yaml",
      text: "- {id: A, type: text.file}\n".repeat(count / 5 + 1),
      wanted: [
        "pass",
        ...Array.from(
          { length: 1000 },
          (_, index) =>
            `${
              index + 2
            }:4 schema duplicate id "A": it is already used at /p:1`,
        ),
        `1002:1 schema 1000 problems of this document are listed, ${
          count / 5 - 1000
        } are not`,
      ],
    },
    [`a line of ${mib} MiB`]: { text: line, wanted: [NO_CASE] },
    [`a line of ${mib} MiB in YAML`]: {
      format: "yaml",
      text: line,
      wanted: [TOO_LARGE],
    },
    [`${mib} MiB of line ends`]: {
      text: new Uint8Array(mib * MIB).fill(0x0d),
      wanted: [NO_CASE],
    },
    [`a block of ${mib} MiB that is never closed`]: {
      text: bytes(mib * MIB, "   ```yaml spec-test\nid: A\n"),
      wanted: ["1:4 schema case block is not closed"],
    },
    [`${count} fences`]: { text: "```\n".repeat(2 * count), wanted: [NO_CASE] },
    [`${count} openers of a case`]: {
      text: "```yaml spec-test\n".repeat(count),
      wanted: ["1:1 schema case block is not closed"],
    },
  };
}
