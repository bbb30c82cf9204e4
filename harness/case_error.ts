/**
 * Why a case failed, as an error that knows its category.
 *
 * @module
 */

/**
 * The three ways to fail.
 *
 * - `schema`: the document is wrong;
 * - `assertion`: the world disagrees with the document;
 * - `runtime`: it could not be found out.
 */
export type Category = "schema" | "assertion" | "runtime";

/** Where something stands in a document. Lines and columns count from 1. */
export interface Location {
  /** The document, as the caller named it. */
  readonly path: string;
  /** The line in the document, not in the block. */
  readonly line: number;
  /** The column, in UTF-16 code units. */
  readonly column: number;
}

/**
 * A failure of one case (or of the block or document it should come from).
 *
 * The message is complete but for the location, which is data and is put in
 * front once, where results are made.
 *
 * @example Usage
 * ```ts
 * import { CaseError } from "./case_error.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const error = new CaseError("schema", "unknown key \"asert\"");
 * assertEquals(error.category, "schema");
 * assertEquals(error.location, undefined);
 * ```
 */
export class CaseError extends Error {
  /** Which of the three ways to fail this is. */
  readonly category: Category;
  /** Where the cause stands, if it is known more closely than the case. */
  readonly location: Location | undefined;

  /**
   * Makes a failure.
   *
   * @param category Which of the three ways to fail this is.
   * @param message What was wanted and what was there, without a location.
   * @param options The location where it is known, and the cause.
   */
  constructor(
    category: Category,
    message: string,
    options: { location?: Location | undefined; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = "CaseError";
    this.category = category;
    this.location = options.location;
  }
}
