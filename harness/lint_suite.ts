/**
 * Cases that are checked as far as that goes without running anything.
 *
 * @module
 */

import type { Host } from "../host/host.ts";
import { driveSuite } from "./drive_suite.ts";
import { HEALTH_VARIABLE } from "./health_mode.ts";
import { prepareAll, settledJob } from "./prepare.ts";
import type { SuiteSummary } from "./report/reporter.ts";
import type { SuiteOptions } from "./suite.ts";
import type { SuiteContext } from "./types/harness_type.ts";
import { passed } from "./verdict.ts";

/** What {@linkcode lintSuite} is asked to do. */
export type LintOptions = Omit<SuiteOptions, "jobs" | "timeoutMs">;

/**
 * Checks every case and library that is found: its shape, its assertions,
 * expressions and patterns, what it requires or imports. Nothing is run for it: no process is started, no
 * module is imported, and no file that a case is about has to be there.
 *
 * A result passes if nothing is wrong with the case as written. Findings of
 * assertion health are warnings, unless the case or the environment says
 * otherwise. Of the environment nothing else counts: a case is right or wrong
 * whichever program it is going to be held against.
 *
 * Source: spec format, section 1.
 *
 * @param options Which cases, and whom to tell.
 * @param host The machine.
 * @returns How many cases are right.
 * @throws {UsageError} If there is nothing to check.
 *
 * @example A typo
 * ```ts
 * import { lintSuite } from "./lint_suite.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = JSON.stringify([
 *   { id: "A-1", type: "cli.run", harness: { entrypoint: "not there" } },
 *   { id: "A-2", type: "cli.run", exitcode: 2 },
 * ]);
 * const bytes = new TextEncoder().encode(text);
 * const { passed, categories } = await lintSuite({
 *   documents: [{ path: "a.spec.json", format: "json", bytes }],
 *   reporters: [],
 * }, new MemoryHost());
 * assertEquals(passed, 1);
 * assertEquals(categories.schema, 1);
 * ```
 */
export function lintSuite(
  options: LintOptions,
  host: Host,
): Promise<SuiteSummary> {
  return driveSuite(
    { ...options, task: "lint" },
    host,
    (loaded, prepare) =>
      prepareAll(loaded, {
        ...prepare,
        health: "warn",
        context: lintContext(prepare.context),
      }).map((prepared) =>
        settledJob(
          "result" in prepared
            ? prepared.result
            : passed(prepared.loaded.head, 0),
        )
      ),
  );
}

// A case may leave its entrypoint to whoever runs it: here it has one.
function lintContext(context: SuiteContext): SuiteContext {
  const mode = context.environment[HEALTH_VARIABLE];
  const environment = {
    SPEC_RUNNER_ENTRYPOINT: "entrypoint",
    ...(mode === undefined ? {} : { [HEALTH_VARIABLE]: mode }),
  };
  return { ...context, environment };
}
