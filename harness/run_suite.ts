/**
 * A run of many cases, from paths to reports.
 *
 * @module
 */

import { type Host, HostError } from "../host/host.ts";
import { quoted } from "../text/printable.ts";
import type { CaseResult } from "./case.ts";
import type { Category } from "./case_error.ts";
import { complain } from "./command_line.ts";
import { loadSuite } from "./load_suite.ts";
import { prepareJobs } from "./prepare.ts";
import { stopAllCommands } from "./process/command.ts";
import { stopAllCalls } from "./process/in_process.ts";
import { removeAllWorkspaces } from "./process/workspace.ts";
import type { Reporter, SuiteSummary } from "./report/reporter.ts";
import { type Job, runInOrder, type ScheduleOptions } from "./schedule.ts";
import type { SelectionOptions, SuiteListing, SuiteOptions } from "./suite.ts";
import type { SuiteContext } from "./types/harness_type.ts";
import { BUILT_IN_TYPES } from "./types/registry.ts";
import { UsageError } from "./usage_error.ts";
import { failed } from "./verdict.ts";

export * from "./suite.ts";
export type {
  Reporter,
  Sink,
  SuitePlan,
  SuiteSummary,
} from "./report/reporter.ts";

/** Milliseconds after which a case is stopped, unless the caller says otherwise. */
export const DEFAULT_TIMEOUT_MS = 60_000;

// How long stopped cases get to settle before their directories are removed.
const GRACE_MS = 2_000;

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
export async function runSuite(
  options: SuiteOptions,
  host: Host,
): Promise<SuiteSummary> {
  const { reporters, signal } = options;
  const start = host.now();
  const limit = wholeJobs(options.jobs ?? navigator.hardwareConcurrency);
  const context = suiteContext(options, host);
  const loaded = loadSuite(options, host);
  const { types = BUILT_IN_TYPES, capabilities = [] } = options;
  const { warn = (line) => complain([line], host) } = options;
  const jobs = prepareJobs(loaded, { types, capabilities, context, warn });
  const tally = new Tally();
  for (const reporter of reporters) reporter.start?.({ total: jobs.length });
  try {
    const emit = tellAll(reporters, tally);
    await runJobs(jobs, { limit, signal, emit }, host);
  } catch (error) {
    tellStopped(reporters, error);
    throw error;
  }
  const counts = tally.summary(host.now() - start);
  const { notes } = options;
  const summary = notes === undefined ? counts : { ...counts, notes: notes() };
  for (const reporter of reporters) reporter.end(summary);
  return summary;
}

/**
 * Finds cases without looking further into them than for id and type.
 *
 * @param options Where to look.
 * @param host The machine.
 * @returns The cases, and what could not be read.
 * @throws {UsageError} If there is nothing to list.
 *
 * @example Usage
 * ```ts
 * import { listSuite } from "./run_suite.ts";
 * import { MemoryHost } from "../host/memory_host.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new TextEncoder().encode('{"id":"A-1","type":"text.file"}');
 * const documents = [{ path: "a.spec.json", format: "json" as const, bytes }];
 * const { cases } = listSuite({ documents }, new MemoryHost());
 * assertEquals(cases[0]?.id, "A-1");
 * ```
 */
export function listSuite(options: SelectionOptions, host: Host): SuiteListing {
  const loaded = loadSuite(options, host);
  return {
    cases: loaded.flatMap((item) => {
      if ("error" in item) return [];
      const { id, type = "", title, tags, location } = item.head;
      const { path, line } = location;
      return [{ id, type, title, tags, path, line }];
    }),
    problems: loaded.flatMap((item) =>
      "error" in item ? [failed(item.head, item.error)] : []
    ),
  };
}

function suiteContext(options: SuiteOptions, host: Host): SuiteContext {
  const { contractRoot, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  if (!(timeoutMs > 0 && timeoutMs < 2 ** 31)) {
    throw new RangeError(
      `Cannot run cases: timeoutMs must be above 0 and below 2^31, got ${timeoutMs}`,
    );
  }
  if (contractRoot !== undefined) requireDirectory(contractRoot, host);
  const environment = { ...(options.environment ?? host.environment()) };
  return { host, environment, contractRoot, timeoutMs };
}

function wholeJobs(jobs: number): number {
  if (Number.isSafeInteger(jobs) && jobs >= 1) return jobs;
  throw new RangeError(
    `Cannot run cases: jobs must be an integer of at least 1, got ${jobs}`,
  );
}

function requireDirectory(path: string, host: Host): void {
  try {
    if (host.stat(path).kind === "directory") return;
  } catch (cause) {
    if (!(cause instanceof HostError)) throw cause;
    const message = `Cannot use ${
      quoted(path)
    } as contract root: ${cause.reason}`;
    throw new UsageError(message, { cause });
  }
  throw new UsageError(
    `Cannot use ${quoted(path)} as contract root: it is not a directory`,
  );
}

function tellAll(reporters: readonly Reporter[], tally: Tally) {
  return (result: CaseResult) => {
    tally.count(result);
    for (const reporter of reporters) reporter.case(result);
  };
}

/** Runs the jobs; if they stop early, nothing they started outlives the promise. */
async function runJobs(
  jobs: readonly Job<CaseResult>[],
  options: Omit<ScheduleOptions<CaseResult>, "onStop">,
  host: Host,
): Promise<void> {
  const overdue = Promise.withResolvers<never>();
  let grace: ReturnType<typeof setTimeout> | undefined;
  const onStop = (reason: unknown) => {
    stopAllCalls();
    stopAllCommands();
    grace = setTimeout(() => overdue.reject(reason), GRACE_MS);
  };
  try {
    const work = runInOrder(jobs, { ...options, onStop });
    await Promise.race([work, overdue.promise]);
  } finally {
    clearTimeout(grace);
    if (grace !== undefined) removeAllWorkspaces(host);
  }
}

function tellStopped(reporters: readonly Reporter[], error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  for (const reporter of reporters) {
    try {
      reporter.abort?.(reason);
    } catch (again) {
      // Most likely what stopped the run: nobody reads this report any more.
      if (!(again instanceof HostError)) throw again;
    }
  }
}

class Tally {
  readonly #status = { pass: 0, fail: 0, skip: 0 };
  readonly #categories: Record<Category, number> = {
    schema: 0,
    assertion: 0,
    runtime: 0,
  };

  count({ status, category }: CaseResult): void {
    this.#status[status]++;
    if (category !== null) this.#categories[category]++;
  }

  summary(durationMs: number): SuiteSummary {
    const { pass: passed, fail: failed, skip: skipped } = this.#status;
    const total = passed + failed + skipped;
    const categories = { ...this.#categories };
    return { total, passed, failed, skipped, categories, durationMs };
  }
}
