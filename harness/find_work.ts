/**
 * From what a run is asked to do to its jobs, in the order they are begun.
 *
 * @module
 */

import type { Host } from "../host/host.ts";
import { suiteContext } from "./_suite_context.ts";
import { arrange } from "./arrange.ts";
import { bailing } from "./bail.ts";
import type { CaseResult } from "./case.ts";
import { complain } from "./command_line.ts";
import { Libraries } from "./library/libraries.ts";
import {
  type LoadedCase,
  type LoadedSuite,
  onlyLibraries,
} from "./load_suite.ts";
import { loadWanted } from "./load_wanted.ts";
import type { PrepareOptions } from "./prepare.ts";
import { repeated } from "./repeat.ts";
import type { RunFacts, SuiteTask } from "./report/reporter.ts";
import type { Job } from "./schedule.ts";
import type { SuiteOptions } from "./suite.ts";
import type { SuiteContext } from "./types/harness_type.ts";
import { BUILT_IN_TYPES, withTypes } from "./types/registry.ts";

/** Makes a job of every loaded case, in the same order; of a library none. */
export type MakeJobs<J extends Job<CaseResult> = Job<CaseResult>> = (
  loaded: readonly LoadedCase[],
  options: PrepareOptions,
) => readonly J[];

/** What jobs are made from. */
export interface WorkOptions extends Omit<SuiteOptions, "reporters"> {
  /**
   * Looks at all cases that are wanted, before a part of them is taken.
   *
   * @throws {UsageError} If it makes no sense to go on.
   */
  readonly inspect?: (wanted: readonly LoadedCase[]) => void;
}

/** What is done with many cases, and how. */
export interface DriveOptions extends WorkOptions, SuiteOptions {
  /** What it is, for reports. */
  readonly task: SuiteTask;
}

/** What is to be done, and what is known of it. */
export interface Work<J extends Job<CaseResult> = Job<CaseResult>> {
  /** In the order they are begun. */
  readonly jobs: readonly J[];
  /**
   * The place of each case among all that are wanted, from 1. Nothing: they
   * are all of them, in their order.
   */
  readonly places?: readonly number[];
  /** How they were chosen, for reports. */
  readonly facts: RunFacts;
  /** Lines for people, for the end of a report. */
  readonly notes: readonly string[];
}

/**
 * Finds out what there is to do.
 *
 * @param options What is asked for.
 * @param host The machine.
 * @param makeJobs What is done with the cases.
 * @returns The jobs; none of them if that is right: if nothing has changed, or
 * the shard is empty.
 * @throws {UsageError} If there is nothing to do, and that is a mistake.
 * @throws {RangeError} If the timeout is out of range.
 */
export function findWork<J extends Job<CaseResult>>(
  options: WorkOptions,
  host: Host,
  makeJobs: MakeJobs<J>,
): Work<J> {
  const context = suiteContext(options, host);
  const { warn = (line) => complain([line], host) } = options;
  const suite = loadWanted(options, host);
  for (const note of suite.notes) warn(`WARN: ${note}`);
  const { cases, empty } = suite;
  if (empty === undefined) options.inspect?.(cases);
  const prepare = prepareOptions(options, { context, suite, warn });
  if (!isArranged(options)) {
    const jobs = makeJobs(cases, prepare);
    if (jobs.length === 0 && empty === undefined) throw onlyLibraries(cases);
    const facts = factsOf(options, {}, empty);
    const notes = [empty].filter(isText);
    return { jobs: repeating(jobs, options), facts, notes };
  }
  // A library is no case, unless it is checked, or broken.
  const wanted = cases.filter((one) =>
    !("library" in one) || makeJobs([one], prepare).length > 0
  );
  if (wanted.length === 0 && empty === undefined) throw onlyLibraries(cases);
  const { contents } = suite;
  const { items, places, facts } = arrange(wanted, { ...options, contents });
  const jobs = repeating(makeJobs(items, prepare), options);
  const heads = items.map(({ head }) => head);
  const { bail } = options;
  return {
    jobs: bail === undefined ? jobs : bailing(jobs, heads, bail),
    places,
    facts: factsOf(options, facts, empty),
    notes: [empty ?? emptyShard(facts, items.length)].filter(isText),
  };
}

function isArranged({ shard, seed, bail }: WorkOptions): boolean {
  return shard !== undefined || seed !== undefined || bail !== undefined;
}

function factsOf(
  { repeat = 1 }: WorkOptions,
  facts: RunFacts,
  empty: string | undefined,
): RunFacts {
  return {
    ...facts,
    ...(repeat === 1 ? {} : { repeat }),
    ...(empty === undefined ? {} : { empty }),
  };
}

function isText(note: string | undefined): note is string {
  return note !== undefined;
}

/** There may be more shards than cases: the others have them. */
function emptyShard(
  { shard, cases }: RunFacts,
  own: number,
): string | undefined {
  if (shard === undefined || own > 0) return undefined;
  const { index, total } = shard;
  const all = cases === 1 ? "the one case is" : `the ${cases} cases are`;
  return `shard ${index}/${total} is empty: ${all} in other shards`;
}

function repeating<J extends Job<CaseResult>>(
  jobs: readonly J[],
  { repeat = 1 }: WorkOptions,
): readonly J[] {
  return repeat === 1 ? jobs : jobs.map((job) => repeated(job, repeat));
}

interface Prepared {
  readonly context: SuiteContext;
  readonly suite: LoadedSuite;
  readonly warn: (line: string) => void;
}

function prepareOptions(
  options: WorkOptions,
  { context, suite: { documents }, warn }: Prepared,
): PrepareOptions {
  const { capabilities = [], unavailable } = options;
  const types = options.types === undefined
    ? BUILT_IN_TYPES
    : withTypes(new Map(), options.types.values());
  const libraries = new Libraries({ ...context, documents });
  return {
    ...{ types, capabilities, context, libraries, warn },
    ...(unavailable === undefined ? {} : { unavailable }),
  };
}
