/**
 * The Markdown report: the summary of a CI job, or a comment.
 *
 * @module
 */

import { shortened } from "../../text/printable.ts";
import type { CaseResult } from "../case.ts";
import { placedMessage } from "./_place.ts";
import { plainLine, plainText } from "./_plain.ts";
import {
  durationText,
  isUnchecked,
  NOTHING_CHECKED,
  runText,
  WORDS,
} from "./_words.ts";
import type { Reporter, Sink, SuiteSummary } from "./reporter.ts";

// GitHub takes 1 MiB for a step; whatever comes after the failures is short.
const MAX_FAILURE_BYTES = 800_000;
const MAX_NOTE_BYTES = 60_000;
const MAX_REASONS = 50;
const MAX_OPEN = 10;

/**
 * Makes a reporter that writes a summary in Markdown at the end: the counts,
 * every failure with its message, why cases were skipped. A run that stops
 * early writes nothing.
 *
 * It stays below 1 MiB; failures that do not fit are counted.
 *
 * Source: https://github.github.com/gfm/
 *
 * @param sink Where the report goes.
 * @returns The reporter.
 *
 * @example Usage
 * ```ts
 * import { markdownReporter } from "./markdown.ts";
 * import { assertEquals } from "@std/assert";
 *
 * let text = "";
 * const reporter = markdownReporter({ write: (piece) => void (text += piece) });
 * const categories = { schema: 0, assertion: 0, runtime: 0 };
 * const counts = { total: 2, passed: 2, failed: 0, skipped: 0, categories };
 * const facts = { task: "run", program: "spec", version: "0.2.0" } as const;
 * reporter.end({ ...facts, ...counts, durationMs: 12 });
 * assertEquals(text.split("\n"), [
 *   "## spec run: 2 passed",
 *   "",
 *   "| passed | failed | skipped | time |",
 *   "| --: | --: | --: | --: |",
 *   "| 2 | 0 | 0 | 12 ms |",
 *   "",
 * ]);
 * ```
 */
export function markdownReporter(sink: Sink): Reporter {
  const failures: CaseResult[] = [];
  const reasons = new Map<string, number>();
  return {
    case({ status, skipReason = "no reason given", ...result }) {
      if (status === "fail") failures.push({ status, skipReason, ...result });
      if (status !== "skip") return;
      reasons.set(skipReason, (reasons.get(skipReason) ?? 0) + 1);
    },
    end(summary) {
      const paragraphs = [
        heading(summary),
        counts(summary),
        ...chosen(summary),
        ...failureParagraphs(failures),
        ...skipped(reasons),
        ...notes(summary),
      ];
      sink.write(`${paragraphs.join("\n\n")}\n`);
    },
  };
}

function heading(summary: SuiteSummary): string {
  const { program, task, passed, failed } = summary;
  const { counted: [pass, fail] } = WORDS[task];
  const command = program === "image" ? "image verify" : `spec ${task}`;
  if (isUnchecked(summary)) return `## ${command}: ${NOTHING_CHECKED}`;
  return failed > 0
    ? `## ${command}: ${failed} of ${passed + failed} ${fail}`
    : `## ${command}: ${passed} ${pass}`;
}

function counts(summary: SuiteSummary): string {
  const { task, passed, failed, skipped, durationMs } = summary;
  const { counted } = WORDS[task];
  return [
    [...counted, "skipped", "time"],
    ["--:", "--:", "--:", "--:"],
    [passed, failed, skipped, durationText(durationMs)],
  ].map(row).join("\n");
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(" | ")} |`;
}

function chosen({ run }: SuiteSummary): string[] {
  const text = runText(run);
  return text === undefined ? [] : [`Run: ${text}`];
}

function failureParagraphs(failures: readonly CaseResult[]): string[] {
  const paragraphs: string[] = [];
  let bytes = 0;
  for (const [index, failure] of failures.entries()) {
    const text = failureDetails(failure, index < MAX_OPEN);
    bytes += bytesOf(text);
    if (bytes > MAX_FAILURE_BYTES) {
      const more = failures.length - index;
      return [...paragraphs, `${more} more failed: too many for this page.`];
    }
    paragraphs.push(text);
  }
  return paragraphs;
}

function failureDetails(failure: CaseResult, isOpen: boolean): string {
  const { id, category, title } = failure;
  const { location: { path, line, column }, text } = placedMessage(failure);
  const more = title === undefined ? "" : ` ${inHtml(title)}`;
  return [
    `<details${isOpen ? " open" : ""}>`,
    `<summary><code>${inHtml(id)}</code>${more} (${category})</summary>`,
    "",
    fenced(`${path}:${line}:${column}\n${text}`),
    "",
    "</details>",
  ].join("\n");
}

function skipped(reasons: ReadonlyMap<string, number>): string[] {
  if (reasons.size === 0) return [];
  const rows = [...reasons].slice(0, MAX_REASONS).map(([reason, count]) =>
    `<tr><td align="right">${count}</td><td>${inHtml(reason)}</td></tr>`
  );
  const more = reasons.size - rows.length;
  const rest = more > 0 ? [`<tr><td></td><td>${more} more</td></tr>`] : [];
  return [[
    "<details>",
    "<summary>Why cases were skipped</summary>",
    "<table>",
    ...[...rows, ...rest],
    "</table>",
    "</details>",
  ].join("\n")];
}

function notes({ notes = [] }: SuiteSummary): string[] {
  if (notes.length === 0) return [];
  const kept: string[] = [];
  let bytes = 0;
  for (const note of notes) {
    bytes += bytesOf(plainLine(note)) + 1;
    if (bytes > MAX_NOTE_BYTES) break;
    kept.push(note);
  }
  const more = notes.length - kept.length;
  const rest = more > 0 ? [`${more} more lines`] : [];
  return [fenced([...kept, ...rest].join("\n"))];
}

/** A block of code that ends where it should, whatever the text holds. */
function fenced(text: string): string {
  const plain = plainText(text);
  const longest = plain.matchAll(/`+/g)
    .reduce((most, [run]) => Math.max(most, run.length), 2);
  const fence = "`".repeat(longest + 1);
  return [`${fence}text`, plain, fence].join("\n");
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
]);

function inHtml(text: string): string {
  return plainLine(shortened(text)).replace(
    /[&<>]/g,
    (character) => ENTITIES.get(character) ?? character,
  );
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
