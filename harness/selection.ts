/**
 * What cases can be chosen by.
 *
 * @module
 */

import type { SourceCase } from "./case.ts";
import type { CaseHead } from "./verdict.ts";

/** The cases that failed in an earlier run. */
export interface FailedCases {
  /** Where that is known from, for messages. */
  readonly source: string;
  /** Their ids. */
  readonly ids: ReadonlySet<string>;
}

/** The documents that have changed. */
export interface ChangedDocuments {
  /** Since when, for messages: a revision as it was given. */
  readonly since: string;
  /** Their paths, as the cases in them tell them. */
  readonly paths: ReadonlySet<string>;
}

/**
 * What cases are chosen by. All that is given has to hold; of several values
 * of one key, any.
 */
export interface Selection {
  /** A glob over ids, or several. */
  readonly filter?: string | readonly string[];
  /** Tags that a case has. */
  readonly tags?: readonly string[];
  /** Tags that a case does not have. */
  readonly excludeTags?: readonly string[];
  /** Names of case types. */
  readonly caseTypes?: readonly string[];
  /** Globs over paths of documents; each has to match the path or its end. */
  readonly documentNames?: readonly string[];
  /** What failed in an earlier run. */
  readonly lastFailed?: FailedCases;
  /** What has changed. */
  readonly changed?: ChangedDocuments;
}

/** What is chosen from: a case, or what stands in its place. */
export interface Candidate {
  /** What is known of it. */
  readonly head: CaseHead;
  /** The case, if it can be read. */
  readonly source?: SourceCase | undefined;
  /** The library, if it is one. */
  readonly library?: SourceCase | undefined;
}
