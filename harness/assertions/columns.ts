/**
 * How many columns of a terminal a text takes.
 *
 * @module
 */

import { printable } from "../../text/printable.ts";

// Unicode Standard Annex 11: the scripts and forms that take two columns.
const WIDE =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Bopo}\p{scx=Yiii}\uff01-\uff60\uffe0-\uffe6\ufe0f]|\p{Emoji_Presentation}/u;
const HALF_WIDTH = /^[\uff61-\uffdc]/;
const NO_WIDTH = /^[\p{M}\p{Cf}]+$/u;
const ASCII = /^[\x20-\x7e]*$/;

/** A character as people see it: a letter with its accents, a family emoji. */
const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/**
 * Counts the columns of a line as it is shown.
 *
 * Terminals do not agree on everything; this follows most of them: letters of
 * East Asian scripts and emoji take two columns, accents none, escapes as many
 * as they have characters.
 *
 * @param text Text without line breaks; not shown as escapes yet.
 * @returns The columns.
 *
 * @example Usage
 * ```ts
 * import { columnsOf } from "./columns.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(columnsOf("abc"), 3);
 * assertEquals(columnsOf("日本"), 4);
 * assertEquals(columnsOf("e\u0301"), 1);
 * assertEquals(columnsOf("\t"), 2);
 * ```
 */
export function columnsOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) columns += width(segment);
  return columns;
}

/**
 * Takes as much from the beginning of a text as fits.
 *
 * @param text The text; its first few hundred code units are looked at.
 * @param columns The columns there are.
 * @returns Whole characters, as they are in the text.
 */
export function firstColumns(text: string, columns: number): string {
  let free = columns;
  let end = 0;
  for (const { segment } of graphemes.segment(text.slice(0, REACH))) {
    free -= width(segment);
    if (free < 0) break;
    end += segment.length;
  }
  return text.slice(0, end);
}

/**
 * Takes as much from the end of a text as fits.
 *
 * @param text The text; its last few hundred code units are looked at.
 * @param columns The columns there are.
 * @returns Whole characters, as they are in the text.
 */
export function lastColumns(text: string, columns: number): string {
  let free = columns;
  let start = text.length;
  const reached = [...graphemes.segment(text.slice(-REACH))];
  for (const { segment } of reached.toReversed()) {
    free -= width(segment);
    if (free < 0) break;
    start -= segment.length;
  }
  return text.slice(start);
}

// More than a line holds, and few enough for any number of accents.
const REACH = 400;

function width(grapheme: string): number {
  const shown = printable(grapheme);
  if (shown !== grapheme) return shown.length;
  if (NO_WIDTH.test(grapheme)) return 0;
  return WIDE.test(grapheme) && !HALF_WIDTH.test(grapheme) ? 2 : 1;
}
