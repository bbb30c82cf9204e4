/**
 * What a run of many cases is asked to do, and what it came to.
 *
 * @module
 */

import type { CaseResult } from "./case.ts";
import type { ChangedFiles } from "./changed.ts";
import type { CaseFormat, SpecDocument } from "./discover.ts";
import type {
  Reporter,
  SuiteProgram,
  SuiteSummary,
} from "./report/reporter.ts";
import type { Selection } from "./selection.ts";
import type { Shard } from "./shard.ts";
import type { HarnessType, Isolation } from "./types/harness_type.ts";

/** A document that is already in memory. */
export interface SuiteDocument extends SpecDocument {
  /** Its content, UTF-8. */
  readonly bytes: Uint8Array;
}

/** Which cases to look at: all that {@linkcode listSuite} needs. */
export interface SelectionOptions extends Omit<Selection, "changed"> {
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
  /** What has changed: wanted is what did, or uses a file that did. */
  readonly changed?: ChangedFiles;
  /** The part of the wanted cases that is meant. Default: all of them. */
  readonly shard?: Shard;
  /** How long cases take, in milliseconds, by id: shards take about as long. */
  readonly durations?: ReadonlyMap<string, number>;
  /**
   * Whether it is right that nothing is wanted because nothing has changed, or
   * nothing failed. Default false.
   */
  readonly allowEmpty?: boolean;
  /** The folder no document may reach out of. Default: found per document. */
  readonly contractRoot?: string;
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
  /** What the order of cases is drawn from. Default: the order of documents. */
  readonly seed?: number;
  /** How many times each case is run. Default 1. */
  readonly repeat?: number;
  /** How many failures end the run: no further case is started. */
  readonly bail?: number;
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
  /** What whoever asked should know: one line each, without its end. */
  readonly notes: readonly string[];
}

/**
 * Decides how the spec command ends.
 *
 * A shard is a part: that all of its cases were skipped, or that it has none,
 * is right as long as the whole has one that passed, and that is what
 * `spec merge` finds out.
 *
 * Source: spec format, "Outcomes": nothing run is not success.
 *
 * @param summary What the run came to.
 * @returns 0 if nothing failed and at least one case passed, or if it is right
 * that none did; otherwise 1.
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
  { failed, passed, run = {} }: Pick<SuiteSummary, "failed" | "passed" | "run">,
): 0 | 1 {
  if (failed > 0) return 1;
  const { shard, empty } = run;
  const isPart = shard !== undefined && shard.total > 1;
  return passed > 0 || isPart || empty !== undefined ? 0 : 1;
}
