/** Results in the shapes that the HTML report shows. */

import type { CaseResult, Status } from "../../case.ts";
import type { Entry } from "./_case.ts";
import { type Words, wordsFor } from "./_words.ts";
import type { SuiteSummary } from "../reporter.ts";

/** How many cases ended in which way. */
export type Counts = Record<Status, number>;

/** A document, and what became of its cases. */
export interface PageDocument {
  /** Its path. */
  readonly path: string;
  /** Its place among the documents, from 0. */
  readonly place: number;
  /** Its cases, in the order of the run. */
  readonly entries: readonly Entry[];
  /** How they ended. */
  readonly counts: Counts;
  /** How long they took, one after the other, in milliseconds. */
  readonly durationMs: number;
}

/** A tag, and how many cases have it. */
export interface PageTag {
  /** The tag. */
  readonly name: string;
  /** How many cases have it. */
  readonly count: number;
}

/** Everything that the page shows. */
export interface PageModel {
  /** What the run came to. */
  readonly summary: SuiteSummary;
  /** How it is spoken of. */
  readonly words: Words;
  /** How the cases ended. */
  readonly counts: Counts;
  /** The documents, in the order of the run. */
  readonly documents: readonly PageDocument[];
  /** The tags, sorted. */
  readonly tags: readonly PageTag[];
  /** The cases that took longest, longest first. */
  readonly slowest: readonly Entry[];
}

/** How many of the cases that took longest are listed. */
const SLOWEST = 10;

/** Brings results into shape. */
export function pageModel(
  results: readonly CaseResult[],
  summary: SuiteSummary,
): PageModel {
  const tags = tagsOf(results);
  const places = new Map(tags.map(({ name }, place) => [name, place]));
  const entries = results.map((result, index) => ({
    result,
    number: index + 1,
    tags: [...new Set(result.tags)]
      .map((name) => ({ name, place: places.get(name) ?? 0 })),
  }));
  const groups = Map.groupBy(entries, ({ result }) => result.location.path);
  return {
    summary,
    words: wordsFor(summary),
    counts: countsOf(entries),
    documents: [...groups].map(documentOf),
    tags,
    slowest: slowestOf(entries),
  };
}

function documentOf(
  [path, entries]: readonly [string, readonly Entry[]],
  place: number,
): PageDocument {
  const durationMs = entries.reduce(
    (sum, { result }) => sum + result.durationMs,
    0,
  );
  return { path, place, entries, counts: countsOf(entries), durationMs };
}

function countsOf(entries: readonly Entry[]): Counts {
  const counts = { pass: 0, fail: 0, skip: 0 };
  for (const { result } of entries) counts[result.status]++;
  return counts;
}

function tagsOf(results: readonly CaseResult[]): readonly PageTag[] {
  const counts = new Map<string, number>();
  for (const { tags } of results) {
    for (const tag of new Set(tags)) {
      counts.set(tag, (counts.get(tag) ?? 0) + 1);
    }
  }
  return [...counts].map(([name, count]) => ({ name, count }))
    .toSorted((a, b) => a.name < b.name ? -1 : 1);
}

function slowestOf(entries: readonly Entry[]): readonly Entry[] {
  return entries.filter(({ result }) => result.durationMs > 0)
    .toSorted((a, b) => b.result.durationMs - a.result.durationMs)
    .slice(0, SLOWEST);
}
