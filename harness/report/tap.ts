/**
 * The TAP report: the Test Anything Protocol, version 14.
 *
 * @module
 */

import type { CaseResult } from "../case.ts";
import { placedMessage } from "./_place.ts";
import { plainLine, plainText } from "./_plain.ts";
import { countsText, runText } from "./_words.ts";
import type { Reporter, Sink } from "./reporter.ts";

/**
 * Makes a reporter that writes a test point for each case as it ends, with its
 * diagnostics as YAML. A run that stops early bails out.
 *
 * Source: https://testanything.org/tap-version-14-specification.html
 *
 * @param sink Where the report goes.
 * @returns The reporter.
 *
 * @example Usage
 * ```ts
 * import { tapReporter } from "./tap.ts";
 * import { headAt, passed, skipped } from "../verdict.ts";
 * import { assertEquals } from "@std/assert";
 *
 * let text = "";
 * const reporter = tapReporter({ write: (piece) => void (text += piece) });
 * const facts = { task: "run", program: "spec", version: "0.2.0" } as const;
 * const head = headAt({ path: "a.spec.md", line: 7, column: 1 });
 * reporter.start?.({ ...facts, total: 1 });
 * reporter.case(skipped({ ...head, id: "A-#1" }, "no terminal"));
 * assertEquals(text.split("\n"), [
 *   "TAP version 14",
 *   "1..1",
 *   "ok 1 - A-\\#1 # SKIP no terminal",
 *   "  ---",
 *   "  duration_ms: 0",
 *   "  at:",
 *   '    file: "a.spec.md"',
 *   "    line: 7",
 *   "    column: 1",
 *   "  ...",
 *   "",
 * ]);
 * ```
 */
export function tapReporter(sink: Sink): Reporter {
  let count = 0;
  const write = (lines: readonly string[]) =>
    sink.write(lines.map((line) => `${line}\n`).join(""));
  return {
    start({ total, run }) {
      const text = runText(run);
      const chosen = text === undefined ? [] : [`# ${text}`];
      write(["TAP version 14", `1..${total}`, ...chosen]);
    },
    case(result) {
      count++;
      write([pointLine(result, count), ...diagnosticLines(result)]);
    },
    end(summary) {
      const { notes = [] } = summary;
      write([
        ...notes.map((note) => `# ${plainLine(note)}`),
        `# ${countsText(summary)}`,
      ]);
    },
    abort(reason) {
      write([`Bail out! ${plainLine(reason)}`]);
    },
  };
}

function pointLine(result: CaseResult, count: number): string {
  const { id, status, skipReason = "no reason given" } = result;
  const ok = status === "fail" ? "not ok" : "ok";
  const skip = status === "skip" ? ` # SKIP ${escaped(skipReason)}` : "";
  return `${ok} ${count} - ${escaped(id)}${skip}`;
}

// Some readers take a brace at the end for the beginning of a subtest.
function escaped(text: string): string {
  return plainLine(text).replace(/\{(?=\s*$)/, "\\x7b")
    .replace(/[\\#]/g, "\\$&");
}

function diagnosticLines(result: CaseResult): string[] {
  const { category, type, title, tags, clauses = [], durationMs } = result;
  const { location, text } = placedMessage(result);
  const { path, line, column } = location;
  const lines = [
    ...(result.status === "fail"
      ? [
        ...textLines("message", text),
        "severity: fail",
        `category: ${category}`,
      ]
      : []),
    `duration_ms: ${Math.round(durationMs * 1000) / 1000}`,
    "at:",
    `  file: ${inQuotes(path)}`,
    `  line: ${line}`,
    `  column: ${column}`,
    ...(type === undefined ? [] : [`type: ${inQuotes(type)}`]),
    ...(title === undefined ? [] : [`title: ${inQuotes(title)}`]),
    ...listLines("tags", tags),
    ...listLines("clauses", clauses),
  ];
  return ["---", ...lines, "..."].map((line) => `  ${line}`);
}

/** A literal block, unless YAML would read its ends as something else. */
function textLines(key: string, text: string): string[] {
  const plain = plainText(text);
  if (!plain.includes("\n") || /^\s|\s$/.test(plain)) {
    return [`${key}: ${JSON.stringify(plain)}`];
  }
  return [`${key}: |-`, ...plain.split("\n").map((line) => `  ${line}`)];
}

function listLines(key: string, items: readonly string[]): string[] {
  return items.length === 0
    ? []
    : [`${key}: [${items.map(inQuotes).join(", ")}]`];
}

// A string of JSON is one of YAML.
function inQuotes(text: string): string {
  return JSON.stringify(plainLine(text));
}
