/** The scalars of YAML of the common shape. */

import { type QuickCursor, UNUSUAL } from "./_quick_cursor.ts";
import { code, isFlow, NEVER_PLAIN } from "./_yaml_characters.ts";

const WORDS: ReadonlyMap<string, boolean | null> = new Map<
  string,
  boolean | null
>([
  ["~", null],
  ...["null", "Null", "NULL"].map((word) => [word, null] as const),
  ...["true", "True", "TRUE"].map((word) => [word, true] as const),
  ...["false", "False", "FALSE"].map((word) => [word, false] as const),
]);
const LONGEST_WORD = 5;

// What is exact as a number, and neither octal nor anything else.
const INTEGER = /^(?:0|-?[1-9]\d{0,14})$/;
// What may be another number, or a timestamp.
const NUMERIC = /^(?:\d|[-+.][\d_]|[-+]?\.[\d_iInN])/;

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ["n", "\n"],
  ["t", "\t"],
  ['"', '"'],
  ["\\", "\\"],
  ["/", "/"],
]);

/** Whether a character may be part of a key here, behind the first. */
const KEY = new Uint8Array(128);
for (const character of "abcdefghijklmnopqrstuvwxyz") {
  KEY[character.charCodeAt(0)] = 1;
  KEY[character.toUpperCase().charCodeAt(0)] = 1;
}
for (const character of "0123456789_-.") KEY[character.charCodeAt(0)] = 1;

/**
 * Finds the end of a key: a word that begins with a letter or an underscore.
 *
 * @param cursor Where it begins.
 * @returns Where it ends, if a colon that belongs to it follows; else -1.
 */
export function keyEnd({ text, at }: QuickCursor): number {
  let end = at;
  if (!isWordStart(text.charCodeAt(end))) return -1;
  while (KEY[text.charCodeAt(end)] === 1) end++;
  if (text.charCodeAt(end) !== code.colon) return -1;
  const next = text.charCodeAt(end + 1);
  return next === code.space || next === code.lineFeed ? end : -1;
}

function isWordStart(character: number): boolean {
  const lower = character | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || character === 0x5f;
}

/**
 * Reads a key that was found, up to behind its colon.
 *
 * @param cursor Where it begins.
 * @param end Where it ends.
 */
export function readKey(cursor: QuickCursor, end: number): string {
  const key = cursor.text.slice(cursor.at, end);
  cursor.at = end + 1;
  if (key === "__proto__" || WORDS.has(key)) throw UNUSUAL;
  return key;
}

/**
 * Reads a plain scalar of one line outside of brackets.
 *
 * @param cursor Where it begins; moved to its end, which may be a comment.
 */
export function readPlain(cursor: QuickCursor): unknown {
  const { text, at: start } = cursor;
  let end = start;
  let at = start;
  for (requirePlain(cursor);; at++) {
    const character = text.charCodeAt(at);
    if (character === code.space) continue;
    if (character === code.lineFeed) break;
    if (character === code.sharp && end < at) break;
    end = at + 1;
    if (character === code.colon && isSpaceOrBreak(text.charCodeAt(end))) {
      throw UNUSUAL;
    }
  }
  cursor.at = end;
  return resolve(text.slice(start, end));
}

/**
 * Reads a plain scalar of one line inside of brackets.
 *
 * @param cursor Where it begins; moved to its end.
 */
export function readFlowPlain(cursor: QuickCursor): unknown {
  const { text, at: start } = cursor;
  let end = start;
  let at = start;
  for (requirePlain(cursor);; at++) {
    const character = text.charCodeAt(at);
    if (character === code.space) continue;
    if (character === code.lineFeed || isFlow(character)) break;
    if (character === code.sharp && end < at) throw UNUSUAL;
    end = at + 1;
    if (character !== code.colon) continue;
    const next = text.charCodeAt(end);
    if (isSpaceOrBreak(next) || isFlow(next)) throw UNUSUAL;
  }
  cursor.at = end;
  return resolve(text.slice(start, end));
}

function requirePlain({ text, at }: QuickCursor): void {
  const first = text.charCodeAt(at);
  const next = text.charCodeAt(at + 1);
  const isSign = first === code.question || first === code.colon ||
    (first === code.minus && (isSpaceOrBreak(next) || isFlow(next)));
  // Behind the last line nothing would ever end it.
  if (first === 0 || isSign || isFlow(first) || NEVER_PLAIN.has(first)) {
    throw UNUSUAL;
  }
}

function isSpaceOrBreak(character: number): boolean {
  return character === code.space || character === code.lineFeed;
}

/** What a plain scalar stands for. */
function resolve(text: string): unknown {
  if (!isWordStart(text.charCodeAt(0)) && NUMERIC.test(text)) {
    if (INTEGER.test(text)) return Number(text);
    throw UNUSUAL;
  }
  if (text.length > LONGEST_WORD) return text;
  const word = WORDS.get(text);
  return word === undefined ? text : word;
}

/**
 * Reads a quoted scalar of one line.
 *
 * @param cursor Where its quote stands; moved behind the closing one.
 */
export function readQuoted(cursor: QuickCursor): string {
  const { text, at } = cursor;
  const isSingle = text.charCodeAt(at) === code.singleQuote;
  const quote = isSingle ? "'" : '"';
  const end = text.indexOf(quote, at + 1);
  if (end < 0) throw UNUSUAL;
  const inside = text.slice(at + 1, end);
  if (inside.includes("\n")) throw UNUSUAL;
  cursor.at = end + 1;
  if (isSingle) {
    const isDoubled = text.charCodeAt(end + 1) === code.singleQuote;
    return isDoubled ? readDoubled(cursor, at + 1) : inside;
  }
  return inside.includes("\\") ? readEscaped(cursor, at + 1) : inside;
}

function readDoubled(cursor: QuickCursor, start: number): string {
  const { text } = cursor;
  let end = cursor.at - 1;
  while (text.charCodeAt(end + 1) === code.singleQuote) {
    end = text.indexOf("'", end + 2);
    if (end < 0) throw UNUSUAL;
  }
  const inside = text.slice(start, end);
  if (inside.includes("\n")) throw UNUSUAL;
  cursor.at = end + 1;
  return inside.replaceAll("''", "'");
}

function readEscaped(cursor: QuickCursor, start: number): string {
  const { text } = cursor;
  let result = "";
  let done = start;
  for (let at = start;; at++) {
    const character = text.charCodeAt(at);
    if (character === code.lineFeed) throw UNUSUAL;
    if (character === code.doubleQuote) {
      cursor.at = at + 1;
      return result + text.slice(done, at);
    }
    if (character !== code.backslash) continue;
    const meant = ESCAPES.get(text.charAt(at + 1));
    if (meant === undefined) throw UNUSUAL;
    result += text.slice(done, at) + meant;
    at++;
    done = at + 1;
  }
}

/**
 * Reads a literal block scalar, up to the content behind it.
 *
 * @param cursor Where its bar stands.
 * @param column The column that its lines have to be right of.
 */
export function readLiteral(cursor: QuickCursor, column: number): string {
  const { text } = cursor;
  const sign = text.charCodeAt(++cursor.at);
  if (sign === code.minus || sign === code.plus) cursor.at++;
  if (text.charCodeAt(cursor.at) !== code.lineFeed) throw UNUSUAL;
  let indent = column + 1;
  let isKnown = false;
  let result = "";
  let breaks = 0;
  for (let start = cursor.at + 1;;) {
    let at = start;
    const most = isKnown ? start + indent : Infinity;
    while (at < most && text.charCodeAt(at) === code.space) at++;
    if (!isKnown) indent = Math.max(indent, at - start);
    const isEmpty = text.charCodeAt(at) === code.lineFeed;
    if (!isEmpty && at - start < indent) {
      cursor.toContent(start);
      return result + lastBreaks(sign, isKnown, breaks);
    }
    const end = isEmpty ? at : text.indexOf("\n", at);
    if (!isEmpty) {
      result += "\n".repeat(breaks) + text.slice(at, end);
      isKnown = true;
      breaks = 0;
    }
    breaks++;
    start = end + 1;
  }
}

// Each line but the first brings the line break in front of it.
function lastBreaks(sign: number, hasText: boolean, breaks: number): string {
  if (sign === code.minus) return "";
  if (sign === code.plus) return "\n".repeat(breaks);
  return hasText ? "\n" : "";
}
