/**
 * Why a library cannot be used.
 *
 * @module
 */

import type { SourceCase } from "../case.ts";
import type { Category, Location } from "../case_error.ts";

/** What is wrong with a library, or with a name that should lead to one. */
export interface LibraryFault {
  /** Which of the ways to fail it is. */
  readonly category: Category;
  /** What was wanted and what was there. */
  readonly text: string;
  /** Where it is wrong; the path is absolute and without symbolic links. */
  readonly at: Location | undefined;
  /** Where the same was said before; the path likewise. */
  readonly first?: Location | undefined;
  /** The library that is wrong, if it is one. */
  readonly owner?: SourceCase | undefined;
}
