/**
 * What a verification is asked to do, and what it came to.
 *
 * @module
 */

import type { SuiteSummary } from "../report/reporter.ts";
import { exitCodeOf, type SuiteOptions } from "../suite.ts";
import type { ClauseVerdict } from "./coverage.ts";

/** What a verification is asked to do. */
export interface VerifyOptions extends
  Pick<
    SuiteOptions,
    | "allowEmpty"
    | "bail"
    | "caseTypes"
    | "documentNames"
    | "excludeTags"
    | "filter"
    | "jobs"
    | "lastFailed"
    | "repeat"
    | "reporters"
    | "seed"
    | "signal"
    | "tags"
    | "timeoutMs"
  > {
  /** Documents and folders with the image's own cases. */
  readonly specs?: readonly string[];
}

/** What a verification came to. */
export interface VerifySummary {
  /** The cases. */
  readonly suite: SuiteSummary;
  /** The clauses. */
  readonly clauses: readonly ClauseVerdict[];
  /** Why the entrypoint was not started, in lines; nothing if it was. */
  readonly notStarted: readonly string[] | undefined;
}

/** What {@linkcode verifyExitCode} may say. */
export type VerifyExitCode = 0 | 1 | 3;

/**
 * Decides how a verification ends.
 *
 * Incomplete is not success: where the entrypoint was not started, the code
 * is 3 even if nothing that could be checked failed.
 *
 * @param summary What the verification came to.
 * @returns 0 verified, 1 something failed, 3 nothing failed but incomplete.
 *
 * @example Incomplete is never 0
 * ```ts
 * import { verifyExitCode } from "./verification.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const categories = { schema: 0, assertion: 0, runtime: 0 };
 * const facts = { task: "run", program: "image", version: "0.2.0" } as const;
 * const counts = { total: 1, passed: 1, failed: 0, skipped: 0, categories };
 * const suite = { ...facts, ...counts, durationMs: 1 };
 * assertEquals(verifyExitCode({ suite, clauses: [], notStarted: undefined }), 0);
 * assertEquals(verifyExitCode({ suite, clauses: [], notStarted: ["why"] }), 3);
 * ```
 */
export function verifyExitCode(
  { suite, notStarted }: VerifySummary,
): VerifyExitCode {
  if (suite.failed > 0) return 1;
  if (notStarted !== undefined) return 3;
  return exitCodeOf(suite);
}
