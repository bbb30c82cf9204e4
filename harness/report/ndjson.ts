/**
 * The event report: a line of JSON for each thing that happens, as it happens.
 *
 * It holds everything that a reporter is told, so that any other report can be
 * made of it later: see `read_ndjson.ts`.
 *
 * @module
 */

import { Fingerprint } from "../_fingerprint.ts";
import type { CaseResult } from "../case.ts";
import type { Reporter, Sink, SuitePlan, SuiteSummary } from "./reporter.ts";

/** The version of the event report's shape. */
export const NDJSON_VERSION = 1;

/**
 * Makes a reporter that writes each event as one line of JSON.
 *
 * A run that stops early ends with an `abort` event instead of `end`. The last
 * key of the `end` event is a fingerprint of all that comes before it: a report
 * that was changed is found out when it is read. Lone
 * surrogates are escaped: it is valid UTF-8.
 *
 * @param sink Where the report goes.
 * @returns The reporter.
 *
 * @example Usage
 * ```ts
 * import { ndjsonReporter } from "./ndjson.ts";
 * import { headAt, passed } from "../verdict.ts";
 * import { assertEquals } from "@std/assert";
 *
 * let text = "";
 * const reporter = ndjsonReporter({ write: (piece) => void (text += piece) });
 * const facts = { task: "run", program: "spec", version: "0.2.0" } as const;
 * reporter.start?.({ ...facts, total: 1 });
 * reporter.case(passed(headAt({ path: "a.spec.md", line: 7, column: 1 }), 3));
 * reporter.abort?.("interrupted by SIGINT");
 * assertEquals(text.split("\n"), [
 *   '{"event":"start","version":1,"program":{"name":"spec","version":"0.2.0"},"task":"run","total":1}',
 *   '{"event":"case","id":"a.spec.md:7","status":"pass","category":null,"message":null,"location":{"path":"a.spec.md","line":7,"column":1},"tags":[],"durationMs":3}',
 *   '{"event":"abort","reason":"interrupted by SIGINT"}',
 *   "",
 * ]);
 * ```
 */
export function ndjsonReporter(sink: Sink): Reporter {
  const written = new Fingerprint();
  const write = (event: string, facts: object) => {
    const line = `${JSON.stringify({ event, ...facts })}\n`;
    written.add(line);
    sink.write(line);
  };
  const end = (summary: SuiteSummary) => {
    const line = JSON.stringify({ event: "end", ...endFacts(summary) });
    const open = line.slice(0, -1);
    sink.write(`${open},"digest":"${written.add(open).hex()}"}\n`);
  };
  return {
    start: (plan) => write("start", startFacts(plan)),
    case: (result) => write("case", caseFacts(result)),
    end,
    abort: (reason) => write("abort", { reason }),
  };
}

// What is undefined gets no key.
function startFacts({ task, program, version, run, total }: SuitePlan): object {
  return {
    version: NDJSON_VERSION,
    program: { name: program, version },
    ...{ task, total, run },
  };
}

function caseFacts(result: CaseResult): object {
  const { id, status, category, message, location } = result;
  const { type, title, tags, clauses, skipReason, durationMs, place } = result;
  const { path, line, column } = location;
  return {
    ...{ id, status, category, message },
    location: { path, line, column },
    ...{ type, title, tags, clauses, skipReason, durationMs, place },
  };
}

function endFacts(summary: SuiteSummary): object {
  const { total, passed, failed, skipped, categories } = summary;
  const { durationMs, notes } = summary;
  const { schema, assertion, runtime } = categories;
  return {
    ...{ total, passed, failed, skipped },
    categories: { schema, assertion, runtime },
    ...{ durationMs, notes },
  };
}
