/**
 * What a run of many cases is asked to do, and what it came to.
 *
 * @module
 */

import type { CaseResult } from "./case.ts";
import type { CaseFormat, SpecDocument } from "./discover.ts";
import type {
  Reporter,
  RunFacts,
  SuiteProgram,
  SuiteSummary,
} from "./report/reporter.ts";
import type { HarnessType, Isolation } from "./types/harness_type.ts";

/** A document that is already in memory. */
export interface SuiteDocument extends SpecDocument {
  /** Its content, UTF-8. */
  readonly bytes: Uint8Array;
}

/** Which cases to look at: all that {@linkcode listSuite} needs. */
export interface SelectionOptions {
  /** Files and directories to look for documents in. */
  readonly paths?: readonly string[];
  /** Documents in memory, after those found below `paths`. */
  readonly documents?: readonly SuiteDocument[];
  /** Which files of a directory are documents. Default `*.spec.md`. */
  readonly pattern?: string;
  /** Which formats are looked for. Default `md`. */
  readonly formats?: readonly CaseFormat[];
  /** Whether to look below directories. Default false. */
  readonly recursive?: boolean;
  /** A glob over ids: only what matches is run. */
  readonly filter?: string;
  /** Case types by name. Default: the built-in ones. */
  readonly types?: ReadonlyMap<string, HarnessType>;
}

/** What {@linkcode runSuite} is asked to do. */
export interface SuiteOptions extends SelectionOptions {
  /** How many cases may run side by side. Default: the number of processors. */
  readonly jobs?: number;
  /** Milliseconds after which a case is stopped. Default 60,000. */
  readonly timeoutMs?: number;
  /**
   * Where the functions of cases are called: `none`, in this process, or
   * `process`, each in a process of its own. Hooks are called in this one.
   * Default `none`.
   */
  readonly isolate?: Isolation;
  /** The folder no document may reach out of. Default: found per document. */
  readonly contractRoot?: string;
  /** The environment cases start from. Default: the host's. */
  readonly environment?: Readonly<Record<string, string>>;
  /** What this implementation can do besides what is built in. */
  readonly capabilities?: readonly string[];
  /**
   * Capabilities and case types that this run knows but does not have, and why.
   * Cases of such a type are skipped; the reason goes with every case that
   * lacks such a capability.
   */
  readonly unavailable?: ReadonlyMap<string, string>;
  /** The ids of a contract's clauses: a case cites them among its tags. */
  readonly clauses?: ReadonlySet<string>;
  /** Which program runs the cases, for reports. Default `spec`. */
  readonly program?: SuiteProgram;
  /** How the cases were chosen, for reports. */
  readonly run?: RunFacts;
  /** Who is told. */
  readonly reporters: readonly Reporter[];
  /**
   * Asked once, after the last case: lines for people, shown before the counts.
   */
  readonly notes?: () => readonly string[];
  /**
   * Takes a warning, before the first case runs: one line, without its end.
   * Default: it is written to standard error.
   */
  readonly warn?: (line: string) => void;
  /** Stops the run: commands are ended, directories removed. */
  readonly signal?: AbortSignal;
}

/** One line of a listing. */
export interface ListedCase {
  /** The case's id. */
  readonly id: string;
  /** What `type:` says. */
  readonly type: string;
  /** Its title, if any. */
  readonly title: string | undefined;
  /** Its labels. */
  readonly tags: readonly string[];
  /** The document, as the caller named it. */
  readonly path: string;
  /** The line it begins at, from 1. */
  readonly line: number;
}

/** What {@linkcode listSuite} found. */
export interface SuiteListing {
  /** The cases that could be read, in discovery order. */
  readonly cases: readonly ListedCase[];
  /** What could not be read, as failed results. */
  readonly problems: readonly CaseResult[];
}

/**
 * Decides how the spec command ends.
 *
 * Source: spec format, "Outcomes": nothing run is not success.
 *
 * @param summary What the run came to.
 * @returns 0 if nothing failed and at least one case passed, otherwise 1.
 *
 * @example All skipped is not success
 * ```ts
 * import { exitCodeOf } from "./suite.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(exitCodeOf({ failed: 0, passed: 0 }), 1);
 * assertEquals(exitCodeOf({ failed: 0, passed: 1 }), 0);
 * ```
 */
export function exitCodeOf(
  summary: Pick<SuiteSummary, "failed" | "passed">,
): 0 | 1 {
  return summary.failed === 0 && summary.passed > 0 ? 0 : 1;
}
