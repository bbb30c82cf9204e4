/**
 * What is said of a check.
 *
 * @module
 */

/** Why a check holds, or does not. */
export interface Explanation {
  /** What is said of it, the first line fit to stand alone. */
  readonly lines: readonly string[];
  /** Whether the beginning of the text helps to understand it. */
  readonly showsText: boolean;
}
