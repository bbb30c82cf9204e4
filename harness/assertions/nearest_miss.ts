/**
 * Where a text comes closest to holding another text that it does not hold.
 *
 * @module
 */

import { findText } from "../spec_lang/find_text.ts";
import { wholeCharacter } from "./excerpt.ts";
import { type LooseKind, looseMatch } from "./loose_match.ts";

/** The spot where a search got furthest. */
export interface NearestMiss {
  /** The first character that is not as wanted, in UTF-16 code units. */
  readonly offset: number;
  /** How it came close. */
  readonly kind: "prefix" | "suffix" | "letter case" | LooseKind;
  /** How much of the wanted text, or of what looks like it, is there. */
  readonly length: number;
}

/**
 * Finds where a text comes closest to a text that it does not contain.
 *
 * The same letters in another case come first, then what differs only in what
 * one does not see; otherwise it is the first place of the longest beginning, or
 * the longest end, of the wanted text.
 *
 * @param text The text that was searched.
 * @param wanted The text that is not in it.
 * @returns The place, or nothing if neither three characters nor half of the
 * wanted text are there.
 *
 * @example Usage
 * ```ts
 * import { nearestMiss } from "./nearest_miss.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(nearestMiss("say hello world", "hello wurld"), {
 *   offset: 11,
 *   kind: "prefix",
 *   length: 7,
 * });
 * ```
 */
export function nearestMiss(
  text: string,
  wanted: string,
): NearestMiss | undefined {
  const folded = text.toLowerCase();
  const foldedAt = folded.length === text.length
    ? findText(folded, wanted.toLowerCase())
    : -1;
  if (foldedAt !== -1) {
    const { length } = wanted;
    return {
      offset: wholeCharacter(text, foldedAt),
      kind: "letter case",
      length,
    };
  }
  const loose = looseMatch(text, wanted);
  if (loose === undefined) return nearestEnd(text, wanted);
  const { kind, offset, found } = loose;
  return { kind, offset, length: found.length };
}

function nearestEnd(text: string, wanted: string): NearestMiss | undefined {
  const prefix = longestPrefix(text, wanted);
  const suffix = longestSuffix(text, wanted);
  const enough = Math.min(3, Math.ceil(wanted.length / 2));
  if (Math.max(prefix.length, suffix.length) < enough) return undefined;
  if (prefix.length >= suffix.length) {
    const offset = wholeCharacter(text, prefix.at + prefix.length);
    return { offset, kind: "prefix", length: prefix.length };
  }
  const offset = wholeCharacter(text, Math.max(0, suffix.at - 1));
  return { offset, kind: "suffix", length: suffix.length };
}

interface Found {
  readonly length: number;
  readonly at: number;
}

// Of long pieces, only the first place of so much of them is looked at.
const PIECE = 200;

function longestPrefix(text: string, wanted: string): Found {
  const limit = Math.min(wanted.length, PIECE);
  const { at, length } = longest(limit, (n) => wanted.slice(0, n), text);
  let more = length;
  while (length === PIECE && text[at + more] === wanted[more]) more++;
  return { at, length: more };
}

function longestSuffix(text: string, wanted: string): Found {
  const limit = Math.min(wanted.length, PIECE);
  const { at, length } = longest(limit, (n) => wanted.slice(-n), text);
  let more = 0;
  const end = wanted.length - length;
  while (
    length === PIECE && at > more &&
    text[at - more - 1] === wanted[end - more - 1]
  ) more++;
  return { at: at - more, length: length + more };
}

// Whether a piece of length n is there only ever turns from yes to no as n
// grows, so the longest one is found by halving.
function longest(
  limit: number,
  piece: (length: number) => string,
  text: string,
): Found {
  let best = { length: 0, at: 0 };
  let [low, high] = [1, limit];
  while (low <= high) {
    const length = (low + high) >> 1;
    const at = text.indexOf(piece(length));
    if (at === -1) {
      high = length - 1;
    } else {
      best = { length, at };
      low = length + 1;
    }
  }
  return best;
}
