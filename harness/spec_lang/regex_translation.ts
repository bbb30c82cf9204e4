/**
 * What translating a pattern comes to.
 *
 * @module
 */

import type { Beginning } from "./regex_beginning.ts";
import type { Bound } from "./regex_cost.ts";

/** What a `RegExp` is made of. */
export interface RegexSource {
  /** The pattern. */
  readonly source: string;
  /** The flags. */
  readonly flags: string;
}

/** A translation, and how much work a search for it can be. */
export interface Translation extends RegexSource {
  /** The steps at one place of the text, at most. */
  readonly steps: Bound;
  /** What every match begins with. */
  readonly beginning: Beginning;
  /**
   * What is repeated without a bound that counts, each a class of characters
   * for JavaScript; not there if the work also grows with something else.
   */
  readonly repeats: readonly string[] | undefined;
  /** Whether there is but one place to search. */
  readonly anchored: boolean;
}
