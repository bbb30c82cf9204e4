/**
 * From case results to clauses: which were covered, broken, not checkable.
 *
 * @module
 */

import type { CaseResult } from "../case.ts";
import { type Clause, CLAUSES } from "./clauses.ts";

/** What became of one clause. */
export interface ClauseVerdict {
  /** The clause. */
  readonly clause: Clause;
  /**
   * - `covered`: at least one check passed and none failed;
   * - `broken`: a check disagreed;
   * - `undecided`: a check could not find out;
   * - `unchecked`: every check was skipped, or there is none;
   * - `policy`: it binds the project, not an image.
   */
  readonly verdict: "covered" | "broken" | "undecided" | "unchecked" | "policy";
  /** Why it is not covered: ids of cases, or the reasons they were skipped. */
  readonly because: readonly string[];
}

/**
 * Judges every clause by the cases that cite it among their tags.
 *
 * Only a case that disagrees breaks a clause. One that could not find out, as
 * with an engine that is down, leaves it undecided.
 *
 * @param results The results of a run.
 * @returns A verdict for each clause, in the order of the contract.
 *
 * @example Nothing was run
 * ```ts
 * import { judgeClauses } from "./coverage.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const [first] = judgeClauses([]);
 * assertEquals(first?.verdict, "unchecked");
 * ```
 */
export function judgeClauses(
  results: readonly CaseResult[],
): readonly ClauseVerdict[] {
  const citing = new Map<string, CaseResult[]>();
  for (const result of results) {
    for (const tag of result.tags) {
      const list = citing.get(tag);
      if (list === undefined) citing.set(tag, [result]);
      else list.push(result);
    }
  }
  return CLAUSES.map((clause) => judge(clause, citing.get(clause.id) ?? []));
}

function judge(clause: Clause, results: readonly CaseResult[]): ClauseVerdict {
  if (clause.kind === "policy") {
    return { clause, verdict: "policy", because: [] };
  }
  const failed = results.filter(({ status }) => status === "fail");
  const broken = failed.filter(({ category }) => category !== "runtime");
  if (broken.length > 0) {
    return { clause, verdict: "broken", because: ids(broken) };
  }
  if (failed.length > 0) {
    return { clause, verdict: "undecided", because: ids(failed) };
  }
  if (results.some(({ status }) => status === "pass")) {
    return { clause, verdict: "covered", because: [] };
  }
  const reasons = results.map(({ skipReason }) => skipReason ?? "skipped");
  const because = reasons.length > 0 ? [...new Set(reasons)] : ["no case"];
  return { clause, verdict: "unchecked", because };
}

function ids(results: readonly CaseResult[]): string[] {
  return results.map(({ id }) => id);
}

/**
 * Renders the verdicts for people.
 *
 * @param verdicts What {@linkcode judgeClauses} gave.
 * @returns A line for each clause that a reader has to know of, then one with
 * the counts.
 *
 * @example Usage
 * ```ts
 * import { judgeClauses, renderClauses } from "./coverage.ts";
 * import { assertStringIncludes } from "@std/assert";
 *
 * const lines = renderClauses(judgeClauses([]));
 * assertStringIncludes(lines.at(-1) ?? "", "0 covered");
 * ```
 */
export function renderClauses(
  verdicts: readonly ClauseVerdict[],
): readonly string[] {
  const checkable = verdicts.filter(({ verdict }) => verdict !== "policy");
  const count = (wanted: ClauseVerdict["verdict"]) =>
    checkable.filter(({ verdict }) => verdict === wanted).length;
  const notable = checkable.filter(({ verdict }) => verdict !== "covered");
  const width = Math.max(0, ...notable.map(({ clause }) => clause.id.length));
  return [
    ...notable.map(({ clause, verdict, because }) =>
      `${verdict.padEnd(9)}  ${clause.id.padEnd(width)}  ${clause.rule} (${
        because.join(", ")
      })`
    ),
    `contract: ${checkable.length} clauses: ${count("covered")} covered, ${
      count("broken")
    } broken, ${count("undecided")} undecided, ${count("unchecked")} unchecked`,
  ];
}
