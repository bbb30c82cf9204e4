/**
 * Which cases of a run are wanted.
 *
 * @module
 */

import { quoted } from "../text/printable.ts";
import { compileGlob } from "./_glob.ts";
import { UsageError } from "./usage_error.ts";

/**
 * Makes a predicate over case ids from a glob.
 *
 * `*` stands for any run of characters, `?` for one, `[a-z]` and `[!a-z]` for
 * one of a set or outside of it. The whole id must match, letter case counts.
 * To match one of the special characters itself, put it into a set: `[*]`.
 *
 * @param glob The pattern as typed.
 * @returns Whether an id is wanted.
 * @throws {UsageError} If the pattern is empty or a set in it is not closed or
 * the wrong way round.
 *
 * @example Usage
 * ```ts
 * import { selectById } from "./select.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const wanted = selectById("RUN-*");
 * assertEquals(wanted("RUN-01"), true);
 * assertEquals(wanted("LIST-01"), false);
 * ```
 */
export function selectById(glob: string): (id: string) => boolean {
  if (glob === "") {
    throw new UsageError("Cannot filter by id: the pattern is empty", {
      remedy: 'Give an id, or a pattern like "RUN-*"',
    });
  }
  const compiled = compileGlob(glob);
  if (!compiled.ok) {
    throw new UsageError(
      `Cannot filter by id: the pattern ${quoted(glob)} ${compiled.reason}`,
      { remedy: 'To match "[" itself, write "[[]"' },
    );
  }
  return compiled.matches;
}
