/**
 * What is the same for everything that is done with many cases: from paths to
 * jobs, from jobs to reports.
 *
 * @module
 */

import { type Host, HostError } from "../host/host.ts";
import { stopWaiting } from "./_overdue.ts";
import { clearTimeout, setTimeout } from "./_timers.ts";
import type { CaseResult } from "./case.ts";
import type { Category } from "./case_error.ts";
import { type DriveOptions, findWork, type MakeJobs } from "./find_work.ts";
import { stopAllCommands } from "./process/command.ts";
import { stopAllCalls } from "./process/in_process.ts";
import { removeAllWorkspaces } from "./process/workspace.ts";
import type {
  Reporter,
  RunFacts,
  SuiteFacts,
  SuiteSummary,
} from "./report/reporter.ts";
import { type Job, runInOrder, type ScheduleOptions } from "./schedule.ts";
import type { SuiteOptions } from "./suite.ts";
import { VERSION } from "./version.ts";

// How long stopped cases get to settle before their directories are removed.
const GRACE_MS = 2_000;

export type { DriveOptions, MakeJobs };

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
  const work = findWork(options, host, makeJobs);
  const { jobs } = work;
  const tally = new Tally();
  const facts = factsOf(options, work.facts);
  const plan = { ...facts, total: jobs.length };
  for (const reporter of reporters) reporter.start?.(plan);
  try {
    const emit = tellAll(options, tally, work.places);
    await runJobs(jobs, { limit, signal, emit }, host);
  } catch (error) {
    tellStopped(reporters, error);
    throw error;
  }
  const counts = tally.counts();
  const durationMs = host.now() - start;
  const notes = [...work.notes, ...options.notes?.() ?? []];
  const summary = {
    ...{ ...facts, ...counts, durationMs },
    ...(notes.length === 0 ? {} : { notes }),
  };
  for (const reporter of reporters) reporter.end(summary);
  return summary;
}

function factsOf(
  { task, program = "spec" }: DriveOptions,
  run: RunFacts,
): SuiteFacts {
  const facts = { task, program, version: VERSION };
  return Object.keys(run).length === 0 ? facts : { ...facts, run };
}

function wholeJobs(jobs: number): number {
  if (Number.isSafeInteger(jobs) && jobs >= 1) return jobs;
  throw new RangeError(
    `Cannot run cases: jobs must be an integer of at least 1, got ${jobs}`,
  );
}

function tellAll(
  { reporters, clauses }: SuiteOptions,
  tally: Tally,
  places: readonly number[] | undefined,
) {
  let told = 0;
  return (plain: CaseResult) => {
    const cited = clauses === undefined ? plain : citing(plain, clauses);
    const place = places?.[told++];
    const result = place === undefined ? cited : { ...cited, place };
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
