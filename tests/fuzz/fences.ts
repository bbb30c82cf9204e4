/** Fences, held against the reference implementation of CommonMark. */

import { Parser } from "commonmark";
import { extractBlocks } from "../../harness/extract.ts";
import type { Dice } from "./_dice.ts";
import { type Problem, shorterTexts, type Target } from "./_fuzzer.ts";

// No lists, quotes, HTML, tabs in front or indentation of four and more: there
// a fence may begin here where CommonMark has none, and the other way round.
const INDENTS = ["", "", "", " ", "   "];
const MARKS = ["```", "````", "~~~", "~~~~", "``", "```` `", "~~~`", "~~~~~~"];
const WORDS = [
  ...["", "", "yaml spec-test", "yaml spec-test", " Spec-Test \tYML x=1"],
  ...["yaml", "ts", "text spec", " ", "\t", "`", "~"],
];
const LINES = [
  "",
  "",
  "a: 1",
  "  b: 2",
  "      deep",
  "# T",
  "***",
  "=",
  "é\u2028",
];
const ENDS = ["\n", "\n", "\n", "\r\n", "\r"];

/** Fences of Markdown documents. */
export const fences: Target<string> = {
  name: "fences",
  runs: 2000,
  generate(dice) {
    const mark = dice.below(8) === 0 ? "\ufeff" : "";
    const blocks = Array.from(
      { length: 1 + dice.below(4) },
      () => dice.below(2) === 0 ? randomBlock(dice) : randomLines(dice),
    );
    return mark + blocks.join("");
  },
  check: differs,
  shrink: shorterTexts,
};

function randomLines(dice: Dice): string {
  const lines = Array.from({ length: 1 + dice.below(3) }, () => {
    const line = dice.below(2) === 0
      ? dice.pick(LINES)
      : dice.pick(MARKS) + dice.pick(WORDS);
    return dice.pick(INDENTS) + line + dice.pick(ENDS);
  });
  return lines.join("");
}

function randomBlock(dice: Dice): string {
  const fence = dice.pick(["```", "~~~", "`````", "~~~~"]);
  const line = (text: string) => dice.pick(INDENTS) + text + dice.pick(ENDS);
  const words = dice.pick([
    "yaml spec-test",
    "yml spec-test",
    dice.pick(WORDS),
  ]);
  const closing = dice.below(6) === 0 ? dice.pick(MARKS) : fence;
  return line(fence + words) + randomLines(dice) + line(closing);
}

function differs(text: string): Problem {
  const ours = extractBlocks("p", text).flatMap((part) => {
    if (part.kind === "block") return [`${part.line}: ${part.text}`];
    const isOpen = part.message === "case block is not closed";
    return isOpen ? [`${part.location.line} is not closed`] : [];
  });
  const theirs = casesOf(text);
  if (JSON.stringify(ours) === JSON.stringify(theirs)) return undefined;
  return `${JSON.stringify(ours)}, and ${JSON.stringify(theirs)} by CommonMark`;
}

const parser = new Parser();

function casesOf(text: string): string[] {
  // CommonMark knows no byte order mark.
  const bare = text.replace(/^\ufeff/, "");
  const lines = bare.split(/\r\n|\r|\n/);
  const found: string[] = [];
  const walker = parser.parse(bare).walker();
  for (let step = walker.next(); step !== null; step = walker.next()) {
    const { node, entering } = step;
    if (!entering || node.type !== "code_block" || !isCase(node.info)) continue;
    const [[line], [end]] = node.sourcepos;
    const opener = lines[line - 1]?.trim() ?? "";
    const isClosed = end > line && closes(lines[end - 1] ?? "", opener);
    found.push(isClosed ? `${line}: ${node.literal}` : `${line} is not closed`);
  }
  return found;
}

function isCase(info: string | null): boolean {
  const words = (info ?? "").toLowerCase().split(/[ \t]+/);
  return words.includes("spec-test") &&
    (words.includes("yaml") || words.includes("yml"));
}

function closes(line: string, opener: string): boolean {
  const [run = ""] = /^(?:`+|~+)/.exec(opener) ?? [];
  const [bare = ""] =
    /^(?:`+|~+)$/.exec(line.replace(/^ {0,3}|[ \t]+$/g, "")) ??
      [];
  return bare.length >= run.length && bare[0] === run[0];
}
