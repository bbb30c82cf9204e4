/**
 * The dot report: a character for each case, and the failures at the end.
 *
 * @module
 */

import type { CaseResult } from "../case.ts";
import type { Reporter, Sink } from "./reporter.ts";
import { type TerminalOptions, terminalReporter } from "./terminal.ts";

const ROW = 80;

/**
 * Makes a reporter that writes a character for each case as it ends: `.` it
 * passed, `s` it was skipped, `F` an assertion does not hold, `E` it could not
 * be read or could not find out. Failures and counts follow at the end.
 *
 * @param sink Where the report goes.
 * @param options Whether escape sequences may be used, for colours.
 * @returns The reporter.
 *
 * @example Usage
 * ```ts
 * import { dotReporter } from "./dot.ts";
 * import { headAt, passed, skipped } from "../verdict.ts";
 * import { assertEquals } from "@std/assert";
 *
 * let text = "";
 * const reporter = dotReporter({ write: (piece) => void (text += piece) });
 * const head = headAt({ path: "a.spec.md", line: 7, column: 1 });
 * reporter.case(passed(head, 3));
 * reporter.case(skipped(head, "no terminal"));
 * assertEquals(text, ".s");
 * ```
 */
export function dotReporter(
  sink: Sink,
  { escapes = false }: Pick<TerminalOptions, "escapes"> = {},
): Reporter {
  const rest = terminalReporter(sink, { escapes, quiet: true });
  const results: CaseResult[] = [];
  const tellRest = () => {
    if (results.length > 0) sink.write("\n\n");
    for (const result of results) rest.case(result);
  };
  return {
    start: (plan) => rest.start?.(plan),
    case(result) {
      const isRowFull = results.length > 0 && results.length % ROW === 0;
      sink.write((isRowFull ? "\n" : "") + symbolOf(result));
      results.push(result);
    },
    end(summary) {
      tellRest();
      rest.end(summary);
    },
    abort(reason) {
      tellRest();
      rest.abort?.(reason);
    },
  };
}

function symbolOf({ status, category }: CaseResult): string {
  if (status === "pass") return ".";
  if (status === "skip") return "s";
  return category === "assertion" ? "F" : "E";
}
