/**
 * What every report format is behind: told of each case in order, then of the
 * end.
 *
 * @module
 */

import type { CaseResult } from "../case.ts";
import type { Category } from "../case_error.ts";

/**
 * What is done with the cases: they are run; only checked; or run, and what
 * became of them compared with what they expect.
 */
export type SuiteTask = "run" | "lint" | "conformance";

/** What a run came to. */
export interface SuiteSummary {
  /** How many results there are. */
  readonly total: number;
  /** How many cases passed. */
  readonly passed: number;
  /** How many cases, blocks or documents failed. */
  readonly failed: number;
  /** How many cases were skipped. */
  readonly skipped: number;
  /** The failures by category. */
  readonly categories: Readonly<Record<Category, number>>;
  /** How long the run took, in milliseconds; never part of a compared report. */
  readonly durationMs: number;
  /** Lines for people, shown before the counts. */
  readonly notes?: readonly string[];
}

/** What is known before the first case runs. */
export interface SuitePlan {
  /** How many results there will be. */
  readonly total: number;
}

/**
 * One report. Calls come strictly in the order `start`, `case` for each
 * result in discovery order, `end`; none comes after one has thrown.
 */
export interface Reporter {
  /**
   * Told once, before the first case.
   *
   * @param plan What is known by then.
   */
  start?(plan: SuitePlan): void;
  /**
   * Told of each result, in discovery order, while the run goes on.
   *
   * @param result The result.
   */
  case(result: CaseResult): void;
  /**
   * Told once, after the last case; not when the run was interrupted.
   *
   * @param summary What the run came to.
   */
  end(summary: SuiteSummary): void;
  /**
   * Told instead of `end` when the run stops early.
   *
   * @param reason Why, continuing the sentence `Stopped: …`.
   */
  abort?(reason: string): void;
}

/** Where a report's text goes. */
export interface Sink {
  /**
   * Takes a piece of text.
   *
   * @param text The text.
   * @throws {HostError} If it cannot be written.
   */
  write(text: string): void;
}
