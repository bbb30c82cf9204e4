/**
 * Which cases of a run are wanted.
 *
 * @module
 */

import { quoted } from "../text/printable.ts";
import { answerOf, criteriaOf, type Criterion } from "./_criteria.ts";
import { noneOfAll, noneOfValue } from "./_none_chosen.ts";
import type { Candidate, Selection } from "./selection.ts";

/** What was chosen. */
export interface Chosen<T> {
  /** What is wanted, in the order it was given. */
  readonly chosen: readonly T[];
  /** What whoever asked should know: one line each, without its end. */
  readonly notes: readonly string[];
}

/**
 * Chooses cases.
 *
 * Every value has to be of use: one that fits nothing by itself is an error,
 * even if another one does. What cannot be read is chosen wherever it could be
 * what is wanted: its id, type and tags may be unknown, but not its place.
 *
 * @param candidates What is chosen from: everything that was found.
 * @param selection What it is chosen by.
 * @returns What is wanted, at least one case that surely is.
 * @throws {UsageError} If a pattern is broken, or a value fits nothing.
 * @throws {EmptySelectionError} If nothing is wanted only because nothing has
 * changed, or nothing failed.
 *
 * @example Usage
 * ```ts
 * import { selectCases } from "./select.ts";
 * import { headOf } from "./verdict.ts";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const location = { path: "a.spec.md", line: 7, column: 1 };
 * const cases = [["A-1", ["fast"]], ["A-2", []]].map(([id = "", tags = []]) => {
 *   const value = { id, tags };
 *   const source = { kind: "case" as const, value, location, locate: () => location };
 *   return { head: headOf(source), source };
 * });
 * const { chosen } = selectCases(cases, { filter: "A-*", tags: ["fast"] });
 * assertEquals(chosen.map(({ head }) => head.id), ["A-1"]);
 * assertThrows(() => selectCases(cases, { tags: ["fats"] }), Error, "has the tag");
 * ```
 */
export function selectCases<T extends Candidate>(
  candidates: readonly T[],
  selection: Selection,
): Chosen<T> {
  const criteria = criteriaOf(selection);
  for (const criterion of criteria) refuseUseless(criterion, candidates);
  let isAnySure = candidates.length === 0;
  const chosen = candidates.filter((one) => {
    const answers = criteria.map((criterion) => answerOf(criterion, one));
    isAnySure ||= answers.every((answer) => answer === "yes");
    return !answers.includes("no");
  });
  if (!isAnySure) throw noneOfAll(criteria, candidates);
  return { chosen, notes: gone(candidates, selection) };
}

function refuseUseless(
  criterion: Criterion,
  candidates: readonly Candidate[],
): void {
  for (const wanted of criterion.values) {
    if (candidates.some((one) => wanted.ask(one) === "yes")) continue;
    throw noneOfValue(criterion, wanted, candidates);
  }
}

/** How many names a note holds. */
const MOST_NAMES = 10;

/** What failed and is not there any more is no case that passes now. */
function gone(
  candidates: readonly Candidate[],
  { lastFailed }: Selection,
): string[] {
  if (lastFailed === undefined) return [];
  const { source, ids } = lastFailed;
  const missing = new Set(ids);
  for (const { head } of candidates) missing.delete(head.id);
  if (missing.size === 0) return [];
  const names = [...missing].slice(0, MOST_NAMES).map(quoted);
  if (missing.size > names.length) names.push("…");
  return [
    `${missing.size} of ${ids.size} cases that failed in ${
      quoted(source)
    } are not here: ${names.join(", ")}`,
  ];
}
