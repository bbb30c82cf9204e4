/**
 * A run of many cases, from paths to reports.
 *
 * @module
 */

import type { Host } from "../host/host.ts";
import type { SuiteSummary } from "./report/reporter.ts";
import type { SelectionOptions, SuiteListing, SuiteOptions } from "./suite.ts";

export * from "./suite.ts";
export type {
  Reporter,
  Sink,
  SuitePlan,
  SuiteSummary,
} from "./report/reporter.ts";

/**
 * Runs every case that is found, and tells every reporter in discovery order.
 *
 * @param options What to run and whom to tell.
 * @param host The machine.
 * @returns What the run came to.
 * @throws {UsageError} If there is nothing to run.
 */
export function runSuite(
  _options: SuiteOptions,
  _host: Host,
): Promise<SuiteSummary> {
  return Promise.reject(new Error("not part of this version yet"));
}

/**
 * Finds cases without running them.
 *
 * @param options Where to look.
 * @param host The machine.
 * @returns The cases, and what could not be read.
 * @throws {UsageError} If there is nothing to list.
 */
export function listSuite(
  _options: SelectionOptions,
  _host: Host,
): SuiteListing {
  throw new Error("not part of this version yet");
}
