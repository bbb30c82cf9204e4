/**
 * "Did you mean": the known word nearest to a mistyped one.
 *
 * @module
 */

/** How many edits apart a suggestion may be. */
const MAX_DISTANCE = 2;

/**
 * Ends a message about an unknown word with the nearest known one.
 *
 * @param word The unknown word.
 * @param known The known words; of two as near, the first wins.
 * @returns `, did you mean "…"?`, or nothing if none is within two edits.
 *
 * @example Usage
 * ```ts
 * import { didYouMean } from "./suggest.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(didYouMean("contians", ["eq", "contains"]), ', did you mean "contains"?');
 * assertEquals(didYouMean("frobnicate", ["eq", "contains"]), "");
 * ```
 */
export function didYouMean(word: string, known: Iterable<string>): string {
  const nearest = nearestWord(word, known);
  return nearest === undefined ? "" : `, did you mean "${nearest}"?`;
}

/**
 * Finds the known word nearest to an unknown one.
 *
 * @param word The unknown word.
 * @param known The known words; of two as near, the first wins.
 * @returns The word, or nothing if none is within two edits.
 *
 * @example Usage
 * ```ts
 * import { nearestWord } from "./suggest.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nearestWord("evn", ["odd", "even"]), "even");
 * ```
 */
export function nearestWord(
  word: string,
  known: Iterable<string>,
): string | undefined {
  let nearest: string | undefined;
  let distance = Math.min(MAX_DISTANCE + 1, word.length);
  for (const candidate of known) {
    if (Math.abs(candidate.length - word.length) > MAX_DISTANCE) continue;
    const found = editDistance(word, candidate);
    if (found < distance) [nearest, distance] = [candidate, found];
  }
  return nearest;
}

/** Insertions, deletions and replacements that lead from one word to the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
