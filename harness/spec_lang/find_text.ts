/**
 * One text in another, in time that grows with both and not with their product.
 *
 * @module
 */

/** The engine's own search is linear for parts of up to this many code units. */
const SHORT = 250;
/** It may compare this many code units for longer ones: a tenth of a second. */
const QUICK = 1e8;
/** How many code units are looked at between two reports. */
const STRIDE = 1 << 20;

/** How to search. */
export interface FindOptions {
  /** Where to begin, in UTF-16 code units. Default 0. */
  readonly from?: number;
  /** Told how many code units are next; may throw to end the search. */
  readonly look?: (units: number) => void;
}

/**
 * Finds the first place of a text in another.
 *
 * The engine's own search compares a long part anew at each place: for a
 * hundred kilobytes of one letter in ten megabytes of it that takes hours.
 *
 * @param text The text to search.
 * @param part What to search for.
 * @param options Where to begin, and who is told of the work.
 * @returns Where it begins, in UTF-16 code units; -1 if it is not there.
 *
 * @example Usage
 * ```ts
 * import { findText } from "./find_text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const text = "a".repeat(1_000_000);
 * const part = "a".repeat(1_000);
 * assertEquals(findText(text + "b", part + "b"), 999_000);
 * assertEquals(findText(text, part + "b" + part), -1);
 * ```
 */
export function findText(
  text: string,
  part: string,
  options: FindOptions = {},
): number {
  const { from = 0 } = options;
  const isQuick = part.length <= SHORT ||
    part.length * (text.length - from) <= QUICK;
  if (isQuick || part.length > text.length - from) {
    return text.indexOf(part, from);
  }
  return findLong(text, part, options);
}

// Knuth, Morris and Pratt: no code unit of the text is looked at twice.
function findLong(text: string, part: string, options: FindOptions): number {
  const { from = 0, look } = options;
  const borders = bordersOf(part);
  let matched = 0;
  for (let at = from; at < text.length; at++) {
    if ((at - from) % STRIDE === 0) look?.(STRIDE);
    const unit = text.charCodeAt(at);
    while (matched > 0 && unit !== part.charCodeAt(matched)) {
      matched = borders[matched - 1] ?? 0;
    }
    if (unit === part.charCodeAt(matched)) matched++;
    if (matched === part.length) return at + 1 - part.length;
  }
  return -1;
}

/** For each prefix: how much of its beginning is its end, too. */
function bordersOf(part: string): Uint32Array {
  const borders = new Uint32Array(part.length);
  let length = 0;
  for (let at = 1; at < part.length; at++) {
    const unit = part.charCodeAt(at);
    while (length > 0 && unit !== part.charCodeAt(length)) {
      length = borders[length - 1] ?? 0;
    }
    if (unit === part.charCodeAt(length)) length++;
    borders[at] = length;
  }
  return borders;
}
