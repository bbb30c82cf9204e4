/**
 * The JSON report: for programs, and for comparing two runs byte by byte.
 *
 * @module
 */

import type { CaseResult } from "../case.ts";
import type { Reporter, RunFacts, Sink, SuiteFacts } from "./reporter.ts";

/** The part of a result that the JSON report holds. */
export type JsonResult = Pick<
  CaseResult,
  "id" | "status" | "category" | "message"
>;

/**
 * Writes results as the JSON report.
 *
 * Nothing in it depends on clocks or on which case finished first, so the same
 * run gives the same bytes. Lone surrogates are escaped: it is valid UTF-8.
 *
 * Source: spec format, section 1.
 *
 * @param results The results, in discovery order.
 * @param facts What was done with the cases, and how they were chosen. What is
 * no run says so, as `command`: no one shall take what was only checked for
 * tested. What is a part of a run, or was shuffled or repeated, says so as `run`.
 * @returns The report, indented by two spaces, with a final newline.
 *
 * @example Usage
 * ```ts
 * import { jsonReport } from "./json.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const result = { id: "A-1", status: "pass", category: null, message: null } as const;
 * assertEquals(JSON.parse(jsonReport([result])), {
 *   version: 1,
 *   results: [{ id: "A-1", status: "pass", category: null, message: null }],
 * });
 * ```
 */
export function jsonReport(
  results: readonly JsonResult[],
  { task = "run", run = {} }: Partial<Pick<SuiteFacts, "task" | "run">> = {},
): string {
  const kept = results.map(({ id, status, category, message }) => ({
    id,
    status,
    category,
    message,
  }));
  const command = task === "run" ? undefined : task;
  const report = { version: 1, command, run: runKeys(run), results: kept };
  return `${JSON.stringify(report, null, 2)}\n`;
}

/** Keys for what was done otherwise than usual; nothing if nothing was. */
function runKeys({ seed, repeat, shard, empty }: RunFacts): object | undefined {
  const keys = {
    ...{ seed, repeat },
    shard: shard && { index: shard.index, total: shard.total },
    empty,
  };
  return Object.values(keys).some((value) => value !== undefined)
    ? keys
    : undefined;
}

/**
 * Makes a reporter that writes the JSON report in one piece at the end. A run
 * that stops early writes nothing.
 *
 * @param sink Where the report goes.
 * @returns The reporter.
 *
 * @example Usage
 * ```ts
 * import { jsonReporter } from "./json.ts";
 * import { assertEquals } from "@std/assert";
 *
 * let text = "";
 * const reporter = jsonReporter({ write: (piece) => void (text += piece) });
 * const categories = { schema: 0, assertion: 0, runtime: 0 };
 * const counts = { total: 0, passed: 0, failed: 0, skipped: 0, categories };
 * const facts = { task: "run", program: "spec", version: "0.2.0" } as const;
 * reporter.end({ ...facts, ...counts, durationMs: 1 });
 * assertEquals(JSON.parse(text), { version: 1, results: [] });
 * ```
 */
export function jsonReporter(sink: Sink): Reporter {
  const results: JsonResult[] = [];
  return {
    case(result) {
      results.push(result);
    },
    end(summary) {
      sink.write(jsonReport(results, summary));
    },
  };
}
