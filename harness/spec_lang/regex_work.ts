/**
 * How long a search for a pattern in a text may take, before it is begun.
 *
 * @module
 */

import { workOf } from "./regex_cost.ts";
import { mostRepetitions } from "./regex_runs.ts";
import type { Translation } from "./regex_translation.ts";

/** How many steps take some milliseconds at most. */
export const SHORT_SEARCH = 4_000_000;

/**
 * Bounds the steps of a search from above.
 *
 * A match is tried at every place of the text. Where that looks like much and
 * every match begins with the same text, only the places that have it count;
 * and where classes repeat, only as often as the text has them in a row.
 *
 * @param translation The pattern.
 * @param text The text.
 * @returns The number of steps; infinite if it cannot be told.
 *
 * @example Usage
 * ```ts
 * import { searchSteps, SHORT_SEARCH } from "./regex_work.ts";
 * import { translate } from "./regex.ts";
 * import { assert } from "@std/assert";
 *
 * const text = "a".repeat(20_000);
 * assert(searchSteps(translate("a+$"), text) > SHORT_SEARCH);
 * assert(searchSteps(translate("aa+$"), text) > SHORT_SEARCH);
 * assert(searchSteps(translate("bb+$"), text) < SHORT_SEARCH);
 * ```
 */
export function searchSteps(translation: Translation, text: string): number {
  const { steps, anchored } = translation;
  const places = anchored ? 1 : text.length + 1;
  let each = workOf(steps, text.length);
  if (places * each <= SHORT_SEARCH) return places * each;
  const repetitions = mostRepetitions(translation, text);
  if (repetitions !== undefined) each = workOf(steps, repetitions);
  const { beginning } = translation;
  const all = places * each;
  if (all <= SHORT_SEARCH || each > SHORT_SEARCH || beginning.text === "") {
    return all;
  }
  const limit = SHORT_SEARCH / each;
  const found = occurrences(text, beginning.text, limit);
  return found > limit ? all : places * beginning.steps + found * each;
}

/** Counts the places where a part stands, up to one more than the limit. */
function occurrences(text: string, part: string, limit: number): number {
  let count = 0;
  let at = text.indexOf(part);
  while (at !== -1 && count <= limit) {
    count++;
    at = text.indexOf(part, at + 1);
  }
  return count;
}
