/**
 * A few lines of a long text around the character that matters.
 *
 * @module
 */

import { printable } from "../../text/printable.ts";
import { columnsOf, firstColumns, lastColumns } from "./columns.ts";

const BEFORE = 36;
const WIDTH = 72;

/**
 * Shows the line around an offset, its neighbours, and a caret below the
 * character.
 *
 * Long lines are cut to a window around the character; control characters are
 * shown as escapes, and the caret stays below also behind wide characters.
 *
 * @param text The whole text.
 * @param offset The character, in UTF-16 code units from 0 to the length.
 * @param options What to write behind the caret.
 * @returns At most four lines, each with the text's line number.
 *
 * @example Usage
 * ```ts
 * import { excerpt } from "./excerpt.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(excerpt("one\nthe word\n", 8, { note: "not this" }), [
 *   "  1 | one",
 *   "  2 | the word",
 *   "    |     ^ not this",
 * ]);
 * ```
 */
export function excerpt(
  text: string,
  offset: number,
  options: { readonly note: string },
): string[] {
  const line = lineAt(text, offset);
  const column = offset - line.start;
  const shown = cut(line.text, column);
  const lines = [
    ...(line.start === 0 ? [] : [lineAt(text, line.start - 1)])
      .map(({ number, text }) => numbered(number, cut(text, 0).text)),
    numbered(line.number, shown.text),
    numbered(undefined, `${" ".repeat(shown.caret)}^ ${options.note}`),
  ];
  const rest = line.end + 1;
  if (rest < text.length) {
    const next = lineAt(text, rest);
    lines.push(numbered(next.number, cut(next.text, 0).text));
  }
  return lines;
}

/**
 * Shows how a text begins.
 *
 * @param text The whole text.
 * @param options How many lines to show at most.
 * @returns The lines with their numbers, and how many more there are.
 *
 * @example Usage
 * ```ts
 * import { head } from "./excerpt.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(head("a\nb\nc\n", { lines: 1 }), ["  1 | a", "    | (2 more lines)"]);
 * ```
 */
export function head(
  text: string,
  options: { readonly lines: number },
): string[] {
  const shown: string[] = [];
  let offset = 0;
  while (offset < text.length && shown.length < options.lines) {
    const end = endOfLine(text, offset);
    const line = cut(text.slice(offset, end), 0).text;
    shown.push(numbered(shown.length + 1, line));
    offset = end + 1;
  }
  const more = countLines(text, offset);
  if (more > 0) {
    shown.push(
      numbered(undefined, `(${more} more ${more === 1 ? "line" : "lines"})`),
    );
  }
  return shown;
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly number: number;
  readonly text: string;
}

function lineAt(text: string, offset: number): Line {
  const start = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  const end = endOfLine(text, offset);
  const number = countBreaks(text, start) + 1;
  return { start, end, number, text: text.slice(start, end) };
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end;
}

function countBreaks(text: string, end: number): number {
  let count = 0;
  for (let at = 0; at < end; at++) {
    if (text.charCodeAt(at) === 0x0a) count++;
  }
  return count;
}

function countLines(text: string, from: number): number {
  if (from >= text.length) return 0;
  const breaks = countBreaks(text, text.length) - countBreaks(text, from);
  return text.endsWith("\n") ? breaks : breaks + 1;
}

/** The part of a line around a column, and the caret's column in what is shown. */
function cut(line: string, column: number): { text: string; caret: number } {
  const at = baseOf(line, column);
  const before = lastColumns(line.slice(0, at), BEFORE);
  const start = before.length < at ? "…" : "";
  const room = WIDTH - columnsOf(before);
  const after = firstColumns(line.slice(at), room);
  const end = at + after.length < line.length ? "…" : "";
  return {
    text: start + printable(before + after) + end,
    caret: start.length + columnsOf(before),
  };
}

// An accent has no column of its own.
function baseOf(line: string, column: number): number {
  let at = wholeCharacter(line, column);
  while (at > 0 && /^[\p{M}\u200d]/u.test(line.slice(at, at + 2))) {
    at = wholeCharacter(line, at - 1);
  }
  return at;
}

/**
 * Moves an offset off the middle of a surrogate pair.
 *
 * @param text The text.
 * @param offset An offset into it, in UTF-16 code units.
 * @returns The offset, or the one before it if that is where the pair begins.
 *
 * @example Usage
 * ```ts
 * import { wholeCharacter } from "./excerpt.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wholeCharacter("a\u{1f600}b", 2), 1);
 * assertEquals(wholeCharacter("abc", 2), 2);
 * ```
 */
export function wholeCharacter(text: string, offset: number): number {
  const unit = text.charCodeAt(offset);
  const inPair = unit >= 0xdc00 && unit <= 0xdfff && offset > 0;
  return inPair && isHighSurrogate(text.charCodeAt(offset - 1))
    ? offset - 1
    : offset;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function numbered(number: number | undefined, text: string): string {
  return `${String(number ?? "").padStart(3)} | ${text}`.trimEnd();
}
