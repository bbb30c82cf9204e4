/**
 * A case that is run several times, told as one result.
 *
 * @module
 */

import { printable } from "../text/printable.ts";
import { located } from "./_located.ts";
import type { CaseResult } from "./case.ts";
import type { Job } from "./schedule.ts";

/**
 * Makes a job that does another one several times, one after the other.
 *
 * @param job What is done; each time begins after the one before has ended.
 * @param times How often, at least 1.
 * @returns The job. Its result is that of the first time that failed; a case
 * that passes sometimes fails as flaky. Its duration is that of all times.
 *
 * @example A case that passes every other time
 * ```ts
 * import { repeated } from "./repeat.ts";
 * import { CaseError } from "./case_error.ts";
 * import { failed, headAt, passed } from "./verdict.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const head = headAt({ path: "a.spec.md", line: 7, column: 1 });
 * const error = new CaseError("assertion", "wanted x");
 * const results = [passed(head, 3), failed(head, error, 4)];
 * const job = {
 *   exclusive: false,
 *   run: () => Promise.resolve(results.shift() ?? passed(head, 5)),
 * };
 * const result = await repeated(job, 3).run();
 * assertEquals(result.status, "fail");
 * assertEquals(result.durationMs, 12);
 * assertEquals(result.message?.split("\n"), [
 *   "a.spec.md:7:1: case_id=a.spec.md:7: flaky: it passed 2 of 3 times; time 2 failed:",
 *   "  | a.spec.md:7:1: wanted x",
 * ]);
 * ```
 */
export function repeated<J extends Job<CaseResult>>(
  job: J,
  times: number,
): J {
  if (times === 1) return job;
  const run = async () => {
    const results: CaseResult[] = [];
    while (results.length < times) results.push(await job.run());
    return folded(results);
  };
  return { ...job, run };
}

/**
 * Makes one result of several of one case.
 *
 * @param results What became of it each time, at least once.
 * @returns The first result if all ended the same way; else the failure that
 * came first, told as flaky.
 *
 * @example Usage
 * ```ts
 * import { folded } from "./repeat.ts";
 * import { headAt, passed } from "./verdict.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const head = headAt({ path: "a.spec.md", line: 7, column: 1 });
 * const { status, durationMs } = folded([passed(head, 3), passed(head, 4)]);
 * assertEquals([status, durationMs], ["pass", 7]);
 * ```
 */
export function folded(results: readonly CaseResult[]): CaseResult {
  const durationMs = results.reduce((sum, one) => sum + one.durationMs, 0);
  const at = results.findIndex(({ status }) => status === "fail");
  const first = results[Math.max(at, 0)];
  if (first === undefined) throw new RangeError("Cannot fold no result");
  const failures = results.filter(({ status }) => status === "fail").length;
  if (failures === 0 || failures === results.length) {
    return { ...first, durationMs };
  }
  const times = { passed: results.length - failures, of: results.length };
  return { ...flaky(first, { ...times, failed: at + 1 }), durationMs };
}

interface Times {
  /** How often the case was run. */
  readonly of: number;
  /** How often it passed. */
  readonly passed: number;
  /** Which time failed first, from 1. */
  readonly failed: number;
}

/** A case that passes sometimes is nothing to rely on. */
function flaky(failure: CaseResult, times: Times): CaseResult {
  const { of, passed, failed } = times;
  const text = [
    `case_id=${
      printable(failure.id)
    }: flaky: it passed ${passed} of ${of} times; time ${failed} failed:`,
    ...(failure.message ?? "").split("\n").map((line) => `  | ${line}`),
  ].join("\n");
  return { ...failure, message: located(failure.location, text) };
}
