/**
 * The forms a case takes on its way from a document to a verdict.
 *
 * A document holds blocks, a block holds source cases, a source case that is
 * well formed becomes a raw case, a raw case compiles to something that runs,
 * and what ran becomes a result.
 *
 * @module
 */

import type { Category, Location } from "./case_error.ts";
import type { Json, JsonObject } from "./json.ts";

/** A fenced block of YAML that holds cases. */
export interface CaseBlock {
  /** Tells a block from a problem. */
  readonly kind: "block";
  /** The document, as the caller named it. */
  readonly path: string;
  /** Line of the opening fence in the document, from 1. */
  readonly line: number;
  /** Line of the first body line in the document, from 1. */
  readonly bodyLine: number;
  /** Columns that were removed in front of each body line, at most. */
  readonly indent: number;
  /** The body, without the fence's indentation. */
  readonly text: string;
  /** Where the body stands in its document as it is; not there if nowhere. */
  readonly within?: BlockPlace;
}

/** Where a body stands in the text of its document. */
export interface BlockPlace {
  /** The text of the document, with `\n` line ends. */
  readonly text: string;
  /** A byte for each of its code units: 128 for what is not ASCII. */
  readonly codes: Uint8Array;
  /** Where the body begins. */
  readonly start: number;
}

/** A part of a document that should hold a case but cannot: a schema failure. */
export interface Problem {
  /** Tells a problem from what holds a case. */
  readonly kind: "problem";
  /** Where it stands. */
  readonly location: Location;
  /** What was wanted and what was there. */
  readonly message: string;
  /** The id it has in reports, if one could be read. */
  readonly id?: string;
}

/** A step into a value: a mapping's key or a list's index. */
export type KeyPath = readonly (string | number)[];

/** One mapping of a block, not yet looked into. */
export interface SourceCase {
  /** Tells a case from a problem. */
  readonly kind: "case";
  /** The mapping as written, JSON values only. */
  readonly value: JsonObject;
  /** Where the case begins. */
  readonly location: Location;
  /**
   * The text of the document it stands in, every character of it; not there
   * if it was made otherwise.
   */
  readonly text?: () => string;
  /**
   * Finds where a key or item of the case stands.
   *
   * @param path Keys and indexes from the case downwards.
   * @returns Its place, or that of the closest ancestor that can be found.
   */
  locate(path: KeyPath): Location;
}

/** What a case needs of the implementation. */
export interface Requirements {
  /** Capability names. */
  readonly capabilities: readonly string[];
  /** What to do when one is missing. */
  readonly whenMissing: "fail" | "skip";
}

/** A case whose common keys are checked; the type's own keys are not yet. */
export interface RawCase {
  /** Unique over a run. */
  readonly id: string;
  /** The name of its type. */
  readonly type: string;
  /** Human title, if any. */
  readonly title: string | undefined;
  /** Human purpose, if any. */
  readonly purpose: string | undefined;
  /** Free labels. */
  readonly tags: readonly string[];
  /** What it needs; no capabilities if it says nothing. */
  readonly requires: Requirements;
  /** The `harness` mapping; empty if there is none. Its keys are known keys. */
  readonly harness: JsonObject;
  /** The `assert` tree as written; undefined if there is none. */
  readonly assert: Json | undefined;
  /** The type's own top-level keys and their values. */
  readonly body: JsonObject;
  /** Where it came from. */
  readonly source: SourceCase;
}

/** How a case ended. */
export type Status = "pass" | "skip" | "fail";

/** A case's result: what the JSON report holds, and what the others add. */
export interface CaseResult {
  /** The case's id, or `FILE:LINE` if it has no usable one. */
  readonly id: string;
  /** How it ended. */
  readonly status: Status;
  /** Why it failed; null otherwise. */
  readonly category: Category | null;
  /** `FILE:LINE:COLUMN: ` and what was wanted and there; null otherwise. */
  readonly message: string | null;
  /** Where it stands. */
  readonly location: Location;
  /** Its type, if it got as far as having one. */
  readonly type: string | undefined;
  /** Its title, if any. */
  readonly title: string | undefined;
  /** Its labels. */
  readonly tags: readonly string[];
  /** The clauses of a contract that its labels cite, if the run knows one. */
  readonly clauses?: readonly string[];
  /** Why it was skipped, if it was. */
  readonly skipReason: string | undefined;
  /** How long it took, in milliseconds; never part of a compared report. */
  readonly durationMs: number;
  /**
   * Its place among all cases that are wanted, from 1. Nothing if results come
   * in that order, and none is left out.
   */
  readonly place?: number;
}
