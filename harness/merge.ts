/**
 * Reports of shards, joined to that of the whole: if they are all there, each
 * once, and of one suite.
 *
 * @module
 */

import { partFingerprint } from "./arrange.ts";
import type { CaseResult } from "./case.ts";
import type { RecordedRun } from "./report/read_ndjson.ts";
import type {
  RunFacts,
  ShardFacts,
  SuiteFacts,
  SuitePlan,
  SuiteSummary,
} from "./report/reporter.ts";
import { planFingerprint } from "./shard.ts";
import { printable, quoted } from "../text/printable.ts";

/** The report of one shard. */
export interface ShardReport {
  /** The file, as the caller named it. */
  readonly path: string;
  /** What is in it. */
  readonly run: RecordedRun;
}

/** The whole, or every reason why there is none. */
export type Merged =
  | { readonly ok: true; readonly run: RecordedRun }
  | { readonly ok: false; readonly reasons: readonly string[] };

/**
 * Joins the reports of all shards.
 *
 * What must agree: the program and its version, what was done, the seed and the
 * repetitions, the fingerprint of the suite, the number of its cases and how it
 * was divided. Each shard has to be there once, with all of its cases in their
 * places; and all cases together have to be those that were divided.
 *
 * @param reports The reports, in any order.
 * @returns What one run would have reported, in the order of the documents,
 * with the duration of the longest shard; or the reasons, each beginning with
 * the file and the line, as far as one is to blame.
 *
 * @example Usage
 * ```ts
 * import { mergeRuns } from "./merge.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(mergeRuns([]), {
 *   ok: false,
 *   reasons: ["there is no report to merge"],
 * });
 * ```
 */
export function mergeRuns(reports: readonly ShardReport[]): Merged {
  const [first] = reports;
  if (first === undefined) return no(["there is no report to merge"]);
  const strangers = reports.filter(({ run }) => shardOf(run) === undefined);
  if (strangers.length > 0) {
    return no(strangers.map((report) => `${at(report)}: this is no shard`));
  }
  const reasons = [
    ...reports.flatMap((report) => disagreements(report, first)),
    ...overlaps(reports),
    ...gaps(reports, first),
    ...reports.flatMap(wrongCases),
  ];
  if (reasons.length > 0) return no(reasons);
  const { plan } = first.run;
  const strange = wrongWhole(reports, plan.run ?? {});
  return strange.length > 0
    ? no(strange)
    : { ok: true, run: whole(reports, plan) };
}

function no(reasons: readonly string[]): Merged {
  return { ok: false, reasons };
}

function shardOf({ plan }: RecordedRun): ShardFacts | undefined {
  return plan.run?.shard;
}

/** The line where a report says what it is; its first case is in the next. */
const START_LINE = 1;

function at({ path }: ShardReport, line = START_LINE): string {
  return `${printable(path)}:${line}`;
}

/** What has to be the same in every shard, by what it is called. */
const SAME: Readonly<Record<string, (facts: SuiteFacts) => unknown>> = {
  program: ({ program }) => program,
  version: ({ version }) => version,
  task: ({ task }) => task,
  seed: ({ run }) => run?.seed,
  "number of repetitions": ({ run }) => run?.repeat,
  "number of shards": ({ run }) => run?.shard?.total,
  "fingerprint of cases and documents": ({ run }) => run?.suite,
  "number of cases": ({ run }) => run?.cases,
  "division into shards": ({ run }) => run?.shard?.plan,
};

function disagreements(report: ShardReport, first: ShardReport): string[] {
  const facts = Object.entries(SAME);
  const different = facts.find(([, of]) =>
    of(report.run.plan) !== of(first.run.plan)
  );
  if (different === undefined) return [];
  const [name, of] = different;
  const [here, there] = [report, first].map(({ run }) => shown(of(run.plan)));
  return [
    `${at(report)}: the ${name} is ${here}, but ${there} in ${at(first)}`,
  ];
}

function shown(value: unknown): string {
  if (value === undefined) return "not given";
  return typeof value === "string" ? quoted(value) : String(value);
}

function overlaps(reports: readonly ShardReport[]): string[] {
  const seen = new Map<number, ShardReport>();
  return reports.flatMap((report) => {
    const { index = 0, total = 0 } = shardOf(report.run) ?? {};
    const other = seen.get(index);
    if (other === undefined) seen.set(index, report);
    return other === undefined
      ? []
      : [`${at(report)}: shard ${index}/${total} is in ${at(other)}, too`];
  });
}

function gaps(reports: readonly ShardReport[], first: ShardReport): string[] {
  const total = shardOf(first.run)?.total ?? 0;
  const there = new Set(reports.map(({ run }) => shardOf(run)?.index));
  return Array.from({ length: total }, (_, index) => index + 1)
    .filter((index) => !there.has(index))
    .map((index) => `shard ${index}/${total} is missing`);
}

/** A result that knows its place. */
type Placed = CaseResult & { readonly place: number };

function placed({ run }: ShardReport): Placed[] {
  return run.results.flatMap((result) =>
    result.place === undefined ? [] : [{ ...result, place: result.place }]
  );
}

function wrongCases(report: ShardReport): string[] {
  const { results, plan } = report.run;
  const { cases = 0, shard } = plan.run ?? {};
  const misplaced = results.findIndex(({ place = 0 }) =>
    place < 1 || place > cases
  );
  if (misplaced >= 0) {
    const { id = "", place = "no place" } = results[misplaced] ?? {};
    const line = START_LINE + 1 + misplaced;
    return [
      `${at(report, line)}: case ${
        quoted(id)
      } has ${place}, wanted a place from 1 to ${cases}`,
    ];
  }
  const own = placed(report).toSorted(byPlace);
  if (partFingerprint(own) === shard?.part) return [];
  return [
    `${
      at(report)
    }: the cases are not those of shard ${shard?.index}/${shard?.total}: one is missing, or is another one`,
  ];
}

/** Shards that are each right in themselves, and still are not the whole. */
function wrongWhole(
  reports: readonly ShardReport[],
  facts: RunFacts,
): readonly string[] {
  const { cases = 0, shard } = facts;
  const all = reports.flatMap((report) => {
    const index = shardOf(report.run)?.index ?? 0;
    return placed(report).map((result) => ({ ...result, index }));
  }).toSorted(byPlace);
  if (all.length !== cases) {
    return [`the shards hold ${all.length} cases, wanted ${cases}`];
  }
  const plan = planFingerprint(
    all.map(({ id }) => id),
    all.map(({ index }) => index),
  );
  return plan === shard?.plan
    ? []
    : ["the cases of all shards are not those that were divided"];
}

function byPlace(a: Placed, b: Placed): number {
  return a.place - b.place;
}

function whole(
  reports: readonly ShardReport[],
  { run = {}, ...start }: SuitePlan,
): RecordedRun {
  const results = reports.flatMap(placed).toSorted(byPlace)
    .map(({ place: _, ...result }) => result);
  // Of the whole nothing was left out.
  const { shard: _, suite: __, cases: ___, ...kept } = run;
  const { total: ____, ...unchanged } = start;
  const facts = Object.keys(kept).length === 0
    ? unchanged
    : { ...unchanged, run: kept };
  const summaries = reports.map(({ run }) => run.summary);
  return {
    plan: { ...facts, total: results.length },
    results,
    summary: { ...facts, ...countsOf(summaries) },
  };
}

function countsOf(summaries: readonly SuiteSummary[]) {
  const sum = (of: (summary: SuiteSummary) => number) =>
    summaries.reduce((all, one) => all + of(one), 0);
  return {
    total: sum(({ total }) => total),
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed),
    skipped: sum(({ skipped }) => skipped),
    categories: {
      schema: sum(({ categories }) => categories.schema),
      assertion: sum(({ categories }) => categories.assertion),
      runtime: sum(({ categories }) => categories.runtime),
    },
    // They ran side by side.
    durationMs: Math.max(...summaries.map(({ durationMs }) => durationMs)),
  };
}
