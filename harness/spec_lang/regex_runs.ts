/**
 * How often what a pattern repeats can repeat in a text: no more often than the
 * text has such characters in a row.
 *
 * @module
 */

import type { Translation } from "./regex_translation.ts";

/** Texts up to here are looked through at once, longer ones at the second time. */
const SMALL = 1 << 16;
/** Longer texts are not held on to. */
const MAX_LENGTH = 1 << 20;

/** What is known of the text that was asked about last. */
class Known {
  readonly text: string;
  readonly #asked = new Set<string>();
  readonly #longest = new Map<string, number>();

  constructor(text: string) {
    this.text = text;
  }

  /** The longest run of one class; nothing if it is not worth the while yet. */
  longest(source: string, flags: string): number | undefined {
    const key = `${flags} ${source}`;
    const known = this.#longest.get(key);
    if (known !== undefined) return known;
    if (this.text.length > SMALL && !this.#asked.has(key)) {
      this.#asked.add(key);
      return undefined;
    }
    const run = new RegExp(`(?:${source})+`, `${flags}g`);
    const longest = longestMatch(run, this.text);
    this.#longest.set(key, longest);
    return longest;
  }
}

let last = new Known("");

/**
 * Bounds how often anything in a pattern can repeat in a text.
 *
 * The whole text is looked through for that. A large one is worth it only if it
 * is searched again and again: the first time there is no answer.
 *
 * @param translation The pattern.
 * @param text The text.
 * @returns The number of repetitions; nothing if it cannot be told, or would
 * take too long.
 *
 * @example Usage
 * ```ts
 * import { mostRepetitions } from "./regex_runs.ts";
 * import { translate } from "./regex.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(mostRepetitions(translate("a+ \\d*$"), "aaa 12345"), 5);
 * assertEquals(mostRepetitions(translate("(a+)+$"), "aaa"), undefined);
 * ```
 */
export function mostRepetitions(
  { repeats, flags }: Translation,
  text: string,
): number | undefined {
  if (repeats === undefined || text.length > MAX_LENGTH) return undefined;
  if (last.text !== text) last = new Known(text);
  let most: number | undefined = 0;
  for (const source of repeats) {
    const longest = last.longest(source, flags);
    most = longest === undefined || most === undefined
      ? undefined
      : Math.max(most, longest);
  }
  return most;
}

function longestMatch(run: RegExp, text: string): number {
  let longest = 0;
  for (const [found] of text.matchAll(run)) {
    longest = Math.max(longest, found.length);
  }
  return longest;
}
