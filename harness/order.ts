/**
 * In which order cases are run, and when no further one is started.
 *
 * @module
 */

import { Fingerprint } from "./_fingerprint.ts";
import { UsageError } from "./usage_error.ts";
import { quoted } from "../text/printable.ts";

/**
 * Reads a seed.
 *
 * @param text The value as typed.
 * @returns An integer from 0 to 2^53 - 1.
 * @throws {UsageError} If it is none.
 *
 * @example Usage
 * ```ts
 * import { parseSeed } from "./order.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseSeed("17823764510"), 17823764510);
 * ```
 */
export function parseSeed(text: string): number {
  const seed = /^[0-9]{1,16}$/.test(text) ? Number(text) : NaN;
  if (Number.isSafeInteger(seed)) return seed;
  throw new UsageError(
    `Cannot use ${
      quoted(text)
    } as --shuffle: wanted a seed, an integer from 0 to 2^53 - 1`,
    { remedy: "Write --shuffle alone to have one drawn" },
  );
}

/**
 * Draws a seed.
 *
 * @returns An integer from 0 to 2^32 - 1, another one each time.
 *
 * @example Usage
 * ```ts
 * import { drawSeed, parseSeed } from "./order.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const seed = drawSeed();
 * assertEquals(parseSeed(String(seed)), seed);
 * ```
 */
export function drawSeed(): number {
  const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));
  return seed;
}

/**
 * Shuffles, the same way for the same seed.
 *
 * Each item gets a key of 64 bits, computed from seed and id, and the keys are
 * sorted. So the order of two cases depends on the seed and their ids alone, not
 * on what else is run: of a failing order, half can be left out, and what is
 * left is still in that order.
 *
 * @param items What to shuffle.
 * @param seed What the order is drawn from.
 * @param idOf The id of an item. Items of one id stay in their order.
 * @returns The same items, in another order.
 *
 * @example A part is in the order of the whole
 * ```ts
 * import { shuffled } from "./order.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const ids = ["A-1", "A-2", "A-3", "A-4", "A-5"];
 * const all = shuffled(ids, 7, (id) => id);
 * const some = shuffled(["A-1", "A-3", "A-5"], 7, (id) => id);
 * assertEquals(some, all.filter((id) => some.includes(id)));
 * assertEquals(all.toSorted(), ids);
 * ```
 */
export function shuffled<T>(
  items: readonly T[],
  seed: number,
  idOf: (item: T) => string,
): T[] {
  const drawn = items.map((item) => ({ item, key: keyOf(idOf(item), seed) }));
  drawn.sort(({ key: [a, b] }, { key: [c, d] }) => a - c || b - d);
  return drawn.map(({ item }) => item);
}

function keyOf(id: string, seed: number): readonly [number, number] {
  return new Fingerprint().add(`${seed}:${id}`).halves();
}
