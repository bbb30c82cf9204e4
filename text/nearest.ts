/**
 * "Did you mean": the known name closest to a mistyped one.
 *
 * @module
 */

/** How a suggestion is chosen. */
export interface NearestOptions {
  /** The largest number of edits that still counts as a slip. Default 2. */
  readonly maxDistance?: number;
}

/**
 * Finds the candidate closest to a word.
 *
 * Distance counts insertions, deletions, substitutions and swaps of two
 * neighbours. A suggestion keeps at least half of the longer of the two words.
 * Of equally close candidates the first wins.
 *
 * @param word The word as typed.
 * @param candidates The names that would have been understood.
 * @param options The largest distance that still counts.
 * @returns The closest candidate, or nothing if none is close enough.
 *
 * @example Suggest a command
 * ```ts
 * import { nearest } from "./nearest.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nearest("abuot", ["help", "about"]), "about");
 * assertEquals(nearest("terraform", ["help", "about"]), undefined);
 * ```
 */
export function nearest(
  word: string,
  candidates: Iterable<string>,
  options: NearestOptions = {},
): string | undefined {
  let best: string | undefined;
  let bestDistance = (options.maxDistance ?? 2) + 1;
  for (const candidate of candidates) {
    const longest = Math.max(word.length, candidate.length);
    if (Math.abs(word.length - candidate.length) >= bestDistance) continue;
    const distance = editDistance(word, candidate);
    if (distance < bestDistance && 2 * distance <= longest) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * Counts the edits between two words.
 *
 * Optimal string alignment: insertion, deletion, substitution and the swap of
 * two neighbours cost one each. Lengths are in UTF-16 code units.
 *
 * @param a One word.
 * @param b The other word.
 * @returns The number of edits, 0 for equal words.
 *
 * @example Usage
 * ```ts
 * import { editDistance } from "./nearest.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(editDistance("spec_test", "spec-test"), 1);
 * assertEquals(editDistance("yaml", "ymal"), 1);
 * ```
 */
export function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous: number[] = [];
  for (let j = 0; j <= b.length; j++) previous.push(j);
  for (let i = 1; i <= a.length; i++) {
    const [own, before] = [a.charCodeAt(i - 1), a.charCodeAt(i - 2)];
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const other = b.charCodeAt(j - 1);
      const one = Math.min(previous[j] ?? 0, row[j - 1] ?? 0) + 1;
      let cost = (previous[j - 1] ?? 0) + (own === other ? 0 : 1);
      if (one < cost) cost = one;
      // The character before the first is NaN, which equals nothing.
      if (other === before && own === b.charCodeAt(j - 2)) {
        cost = Math.min(cost, (beforePrevious[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    beforePrevious = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}
