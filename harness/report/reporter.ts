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

/** Which program ran the cases. */
export type SuiteProgram = "spec" | "image";

/** Which part of a suite a run was. */
export interface ShardFacts {
  /** Its number, from 1. */
  readonly index: number;
  /** How many there are. */
  readonly total: number;
  /** A fingerprint of which case is in which shard. */
  readonly plan: string;
  /** A fingerprint of the cases of this one. */
  readonly part: string;
}

/** How the cases of a run were chosen, as far as it is not the usual way. */
export interface RunFacts {
  /** What the order was drawn from, if it was shuffled. */
  readonly seed?: number;
  /** How many times each case was run, if more than once. */
  readonly repeat?: number;
  /** Which part of the cases was run, if not all. */
  readonly shard?: ShardFacts;
  /**
   * A fingerprint of the ids of all chosen cases and of what their documents
   * hold, before they were divided.
   */
  readonly suite?: string;
  /** How many cases that were. */
  readonly cases?: number;
  /** Why there was nothing to do, if that is right. */
  readonly empty?: string;
}

/** What is true of a whole run, and known before its first case. */
export interface SuiteFacts {
  /** What is done with the cases. */
  readonly task: SuiteTask;
  /** Which program does it. */
  readonly program: SuiteProgram;
  /** The version of that program. */
  readonly version: string;
  /** How the cases were chosen. Nothing to tell if it is left out. */
  readonly run?: RunFacts;
}

/** What a run came to. */
export interface SuiteSummary extends SuiteFacts {
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
export interface SuitePlan extends SuiteFacts {
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
