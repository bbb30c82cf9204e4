/**
 * A run of many cases, from paths to reports.
 *
 * @module
 */

import type { Host } from "../host/host.ts";
import type { CaseResult } from "./case.ts";
import { driveSuite } from "./drive_suite.ts";
import { findWork } from "./find_work.ts";
import { jobOf, prepareCases } from "./prepare.ts";
import type { SuiteSummary } from "./report/reporter.ts";
import type { SuiteOptions } from "./suite.ts";
import type { CaseHead } from "./verdict.ts";

export { listSuite } from "./list_suite.ts";
export * from "./suite.ts";
export type {
  Reporter,
  RunFacts,
  Sink,
  SuiteFacts,
  SuitePlan,
  SuiteProgram,
  SuiteSummary,
  SuiteTask,
} from "./report/reporter.ts";

/**
 * Runs every case that is found, and tells every reporter in discovery order
 * while the run goes on.
 *
 * All cases are compiled before the first one runs. Nothing that one case does
 * or lacks ends the run of the others.
 *
 * @param options What to run and whom to tell.
 * @param host The machine.
 * @returns What the run came to.
 * @throws {UsageError} If there is nothing to run.
 * @throws {RangeError} If the number of jobs or the timeout is out of range.
 * @throws What a reporter threw, or the reason of the signal; commands are
 * stopped and directories removed by then.
 *
 * @example A document in memory
 * ```ts
 * import { runSuite } from "./run_suite.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = '{"id":"A-1","type":"no.such.type"}';
 * const bytes = new TextEncoder().encode(text);
 * const messages: (string | null)[] = [];
 * const summary = await runSuite({
 *   documents: [{ path: "a.spec.json", format: "json", bytes }],
 *   reporters: [{
 *     case: (result) => void messages.push(result.message),
 *     end: () => {},
 *   }],
 * }, new MemoryHost());
 * assertEquals(summary.categories.runtime, 1);
 * assertEquals(messages[0]?.includes("unknown spec-test type"), true);
 * ```
 */
export function runSuite(
  options: SuiteOptions,
  host: Host,
): Promise<SuiteSummary> {
  return driveSuite(
    { ...options, task: "run" },
    host,
    (loaded, prepare) =>
      prepareCases(loaded, prepare)
        .map((prepared) => jobOf(prepared, prepare.context)),
  );
}

/** A case that can be run, whenever somebody wants it. */
export interface OpenCase {
  /** What its result will say about it whatever becomes of it. */
  readonly head: CaseHead;
  /** Why it will be skipped, if it will. */
  readonly skipReason: string | undefined;
  /** Runs it. */
  run(): Promise<CaseResult>;
}

/**
 * Finds cases and makes every check that needs no run, for whoever runs them
 * one by one. What is wrong with a case it says when it is run.
 *
 * @param options Which cases, and how.
 * @param host The machine.
 * @returns The cases, in discovery order; at least one.
 * @throws {UsageError} If there is nothing to run.
 * @throws {RangeError} If the timeout is out of range.
 *
 * @example Usage
 * ```ts
 * import { openSuite } from "./run_suite.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new TextEncoder().encode('{"id":"A-1","type":"no.such.type"}');
 * const documents = [{ path: "a.spec.json", format: "json" as const, bytes }];
 * const [one] = openSuite({ documents }, new MemoryHost());
 * assertEquals(one?.head.id, "A-1");
 * assertEquals((await one?.run())?.category, "runtime");
 * ```
 */
export function openSuite(
  options: Omit<SuiteOptions, "reporters">,
  host: Host,
): readonly OpenCase[] {
  return findWork(
    options,
    host,
    (loaded, prepare) =>
      prepareCases(loaded, prepare).map((prepared) => {
        const { exclusive, run } = jobOf(prepared, prepare.context);
        return {
          exclusive,
          run: async () => await run(),
          head: prepared.loaded.head,
          skipReason: "result" in prepared
            ? prepared.result.skipReason
            : undefined,
        };
      }),
  ).jobs;
}
