/**
 * `spec run`, `spec lint` and `spec conformance`, from options to an exit code.
 *
 * @module
 */

import type { Host } from "../../host/host.ts";
import { complain, interruptible } from "../command_line.ts";
import type { SuiteSummary, SuiteTask } from "../report/reporter.ts";
import { exitCodeOf, type SuiteOptions } from "../suite.ts";
import { refuseDocuments } from "./_report_guard.ts";
import { choose } from "./choose.ts";
import type { LintOptions } from "./options.ts";
import { openReports } from "./reports.ts";

type Task = (options: SuiteOptions, host: Host) => Promise<SuiteSummary>;

const TASKS: Readonly<Record<SuiteTask, () => Promise<Task>>> = {
  run: async () => (await import("../run_suite.ts")).runSuite,
  lint: async () => (await import("../lint_suite.ts")).lintSuite,
  conformance: async () => (await import("../conformance.ts")).conformSuite,
};

/**
 * Does something with cases and reports on it.
 *
 * @param task What is done.
 * @param options Which cases, how, and who is told.
 * @param host The machine.
 * @returns The exit code.
 * @throws {UsageError} If there is nothing to do, or a report cannot be asked
 * for like this.
 *
 * @example Usage
 * ```ts
 * import { reportCommand } from "./report_command.ts";
 * import { REPORT_DEFAULTS } from "./read_options.ts";
 * import { MemoryHost } from "../../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const files = { "/a.spec.json": '{"id":"A-1","type":"text.file"}' };
 * const host = new MemoryHost({ files });
 * const options = { ...REPORT_DEFAULTS, paths: ["a.spec.json"] };
 * assertEquals(await reportCommand("run", options, host), 0);
 * ```
 */
export async function reportCommand(
  task: SuiteTask,
  options: LintOptions,
  host: Host,
): Promise<number> {
  const { reports, verbose, quiet, ...asked } = options;
  const perform = await TASKS[task]();
  refuseDocuments(reports, asked, host);
  const suite = { ...asked, ...await choose(asked, host) };
  const summary = await interruptible(host, async (signal) => {
    const open = await openReports(reports, { verbose, quiet, host });
    const { reporters } = open;
    const summary = await perform({ ...suite, reporters, signal }, host);
    open.commit();
    return summary;
  });
  complain(unchecked(summary, reports).map((line) => `spec: ${line}`), host);
  return exitCodeOf(summary);
}

/** What is to be said where it is not read off a report. */
function unchecked(
  { total, skipped, notes = [] }: SuiteSummary,
  reports: LintOptions["reports"],
): readonly string[] {
  if (total > 0) {
    return skipped === total
      ? ["nothing was checked: every case was skipped"]
      : [];
  }
  const isShown = reports.some(({ format, file }) =>
    format === "terminal" && file === "-"
  );
  return isShown ? [] : notes;
}
