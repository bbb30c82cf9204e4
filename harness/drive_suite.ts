/**
 * What is the same for everything that is done with many cases: from paths to
 * jobs, from jobs to reports.
 *
 * @module
 */

import { type Host, HostError } from "../host/host.ts";
import { quoted } from "../text/printable.ts";
import { stopWaiting } from "./_overdue.ts";
import { clearTimeout, setTimeout } from "./_timers.ts";
import type { CaseResult } from "./case.ts";
import type { Category } from "./case_error.ts";
import { complain } from "./command_line.ts";
import { Libraries } from "./library/libraries.ts";
import { type LoadedCase, loadSuite, onlyLibraries } from "./load_suite.ts";
import type { PrepareOptions } from "./prepare.ts";
import { stopAllCommands } from "./process/command.ts";
import { stopAllCalls } from "./process/in_process.ts";
import { removeAllWorkspaces } from "./process/workspace.ts";
import type {
  Reporter,
  SuiteFacts,
  SuiteSummary,
  SuiteTask,
} from "./report/reporter.ts";
import { type Job, runInOrder, type ScheduleOptions } from "./schedule.ts";
import type { SuiteOptions } from "./suite.ts";
import type { SuiteContext } from "./types/harness_type.ts";
import { BUILT_IN_TYPES, withTypes } from "./types/registry.ts";
import { UsageError } from "./usage_error.ts";
import { VERSION } from "./version.ts";

/** Milliseconds after which a case is stopped, unless the caller says otherwise. */
const DEFAULT_TIMEOUT_MS = 60_000;

// How long stopped cases get to settle before their directories are removed.
const GRACE_MS = 2_000;

/** Makes a job of every loaded case, in the same order; of a library none. */
export type MakeJobs<J extends Job<CaseResult> = Job<CaseResult>> = (
  loaded: readonly LoadedCase[],
  options: PrepareOptions,
) => readonly J[];

/** What is done with many cases, and how. */
export interface DriveOptions extends SuiteOptions {
  /** What it is, for reports. */
  readonly task: SuiteTask;
}

/**
 * Finds cases, makes jobs of them, carries the jobs out, and tells every
 * reporter in discovery order while it goes on.
 *
 * @param options Which cases, how, and whom to tell.
 * @param host The machine.
 * @param makeJobs What is done with the cases.
 * @returns What it came to.
 * @throws {UsageError} If there is nothing to do.
 * @throws {RangeError} If the number of jobs or the timeout is out of range.
 * @throws What a reporter threw, or the reason of the signal; commands are
 * stopped and directories removed by then.
 */
export async function driveSuite(
  options: DriveOptions,
  host: Host,
  makeJobs: MakeJobs,
): Promise<SuiteSummary> {
  const { reporters, signal } = options;
  const start = host.now();
  const limit = wholeJobs(options.jobs ?? navigator.hardwareConcurrency);
  const jobs = findJobs(options, host, makeJobs);
  const tally = new Tally();
  const facts = factsOf(options);
  const plan = { ...facts, total: jobs.length };
  for (const reporter of reporters) reporter.start?.(plan);
  try {
    const emit = tellAll(options, tally);
    await runJobs(jobs, { limit, signal, emit }, host);
  } catch (error) {
    tellStopped(reporters, error);
    throw error;
  }
  const counts = tally.counts();
  const durationMs = host.now() - start;
  const { notes } = options;
  const summary = {
    ...{ ...facts, ...counts, durationMs },
    ...(notes === undefined ? {} : { notes: notes() }),
  };
  for (const reporter of reporters) reporter.end(summary);
  return summary;
}

function factsOf({ task, program = "spec", run }: DriveOptions): SuiteFacts {
  const facts = { task, program, version: VERSION };
  return run === undefined ? facts : { ...facts, run };
}

/**
 * Finds cases and makes jobs of them. None is carried out yet.
 *
 * @param options Which cases, and how.
 * @param host The machine.
 * @param makeJobs What is to be done with the cases.
 * @returns The jobs, in discovery order; at least one.
 * @throws {UsageError} If there is nothing to do.
 * @throws {RangeError} If the timeout is out of range.
 */
export function findJobs<J extends Job<CaseResult>>(
  options: Omit<SuiteOptions, "reporters">,
  host: Host,
  makeJobs: MakeJobs<J>,
): readonly J[] {
  const context = suiteContext(options, host);
  const { cases, documents } = loadSuite(options, host);
  const { capabilities = [], unavailable } = options;
  const types = options.types === undefined
    ? BUILT_IN_TYPES
    : withTypes(new Map(), options.types.values());
  const { warn = (line) => complain([line], host) } = options;
  const libraries = new Libraries({ ...context, documents });
  const prepare = {
    ...{ types, capabilities, context, libraries, warn },
    ...(unavailable === undefined ? {} : { unavailable }),
  };
  const jobs = makeJobs(cases, prepare);
  if (jobs.length === 0) throw onlyLibraries(cases);
  return jobs;
}

function suiteContext(
  options: Omit<SuiteOptions, "reporters">,
  host: Host,
): SuiteContext {
  const { contractRoot, isolate = "none" } = options;
  const { timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  if (!(timeoutMs > 0 && timeoutMs < 2 ** 31)) {
    throw new RangeError(
      `Cannot run cases: timeoutMs must be above 0 and below 2^31, got ${timeoutMs}`,
    );
  }
  if (contractRoot !== undefined) requireDirectory(contractRoot, host);
  const ownEnvironment = host.environment();
  const environment = { ...(options.environment ?? ownEnvironment) };
  const cwd = host.cwd();
  const shared = { host, environment, cwd, contractRoot, timeoutMs };
  return { ...shared, isolate, ownEnvironment };
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

function tellAll({ reporters, clauses }: SuiteOptions, tally: Tally) {
  return (plain: CaseResult) => {
    const result = clauses === undefined ? plain : citing(plain, clauses);
    tally.count(result);
    for (const reporter of reporters) reporter.case(result);
  };
}

function citing(result: CaseResult, clauses: ReadonlySet<string>): CaseResult {
  return {
    ...result,
    clauses: result.tags.filter((tag) => clauses.has(tag)),
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
    if (grace !== undefined) {
      stopWaiting();
      removeAllWorkspaces(host);
    }
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

  counts() {
    const { pass: passed, fail: failed, skip: skipped } = this.#status;
    const total = passed + failed + skipped;
    const categories = { ...this.#categories };
    return { total, passed, failed, skipped, categories };
  }
}
