/** The scalars of YAML of the common shape. */

import { WIDE } from "./_coded_text.ts";
import { type QuickCursor, UNUSUAL } from "./_quick_cursor.ts";
import { isWordStart } from "./_quick_keys.ts";
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

// Of the wide characters: control characters, line breaks of other kinds,
// byte order marks. Halves of characters are looked for apart.
const UNCOMMON = /[\x80-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;

/** A table of the characters that need no look at, but for some. */
function ordinaryBut(special: string): Uint8Array {
  const table = new Uint8Array(256).fill(1, 0x20, 0x7f);
  for (const character of special) table[character.charCodeAt(0)] = 0;
  return table;
}

const PLAIN = ordinaryBut(" #:");
const FLOW_PLAIN = ordinaryBut(" #:,[]{}");
const SINGLE = ordinaryBut("'");
const DOUBLE = ordinaryBut('"\\');
const LINE = ordinaryBut("");

/**
 * Reads a plain scalar of one line.
 *
 * @param cursor Where it begins; moved to its end, which may be a comment.
 * @param inFlow Whether it stands inside of brackets.
 */
export function readPlain(cursor: QuickCursor, inFlow: boolean): unknown {
  const { codes, at: start } = cursor;
  const ordinary = inFlow ? FLOW_PLAIN : PLAIN;
  let isWide = false;
  let end = start;
  requirePlain(cursor);
  for (let at = start;; at++) {
    while (ordinary[codes[at] ?? 0] === 1) end = ++at;
    const character = codes[at] ?? 0;
    if (character === code.space) continue;
    if (character === code.lineFeed || (inFlow && isFlow(character))) break;
    if (character === code.sharp && end < at && !inFlow) break;
    if (!mayContinue(cursor, at, inFlow)) throw UNUSUAL;
    isWide ||= character >= WIDE;
    end = at + 1;
  }
  cursor.at = end;
  return resolve(part(cursor, start, isWide));
}

/** Whether a colon, a sharp or a wide character is a part of a plain scalar. */
function mayContinue(
  { codes }: QuickCursor,
  at: number,
  inFlow: boolean,
): boolean {
  const character = codes[at] ?? 0;
  if (character >= WIDE) return true;
  if (character === code.sharp) return codes[at - 1] !== code.space;
  const next = codes[at + 1] ?? 0;
  return character === code.colon && !isSpaceOrBreak(next) &&
    !(inFlow && isFlow(next));
}

function requirePlain({ codes, at }: QuickCursor): void {
  const first = codes[at] ?? 0;
  const next = codes[at + 1] ?? 0;
  const isSign = first === code.question || first === code.colon ||
    (first === code.minus && (isSpaceOrBreak(next) || isFlow(next)));
  if (isSign || isFlow(first) || NEVER_PLAIN.has(first)) throw UNUSUAL;
}

function isSpaceOrBreak(character: number): boolean {
  return character === code.space || character === code.lineFeed;
}

/** The text up to the position, if it may stand in a document. */
function part(
  { text, at }: QuickCursor,
  start: number,
  isWide: boolean,
): string {
  const found = text.slice(start, at);
  if (isWide && (UNCOMMON.test(found) || !found.isWellFormed())) throw UNUSUAL;
  return found;
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
  const { codes } = cursor;
  const quote = codes[cursor.at];
  const isSingle = quote === code.singleQuote;
  const ordinary = isSingle ? SINGLE : DOUBLE;
  const start = ++cursor.at;
  let isWide = false;
  let isSimple = true;
  for (let at = start;; at++) {
    while (ordinary[codes[at] ?? 0] === 1) at++;
    const character = codes[at] ?? 0;
    if (character >= WIDE) {
      isWide = true;
    } else if (character === quote && !(isSingle && codes[at + 1] === quote)) {
      cursor.at = at;
      break;
    } else if (character === quote || character === code.backslash) {
      isSimple = false;
      at++;
    } else {
      throw UNUSUAL;
    }
  }
  const inside = part(cursor, start, isWide);
  cursor.at++;
  if (isSimple) return inside;
  return isSingle ? inside.replaceAll("''", "'") : unescaped(inside);
}

function unescaped(text: string): string {
  let result = "";
  let done = 0;
  for (let at = text.indexOf("\\"); at >= 0; at = text.indexOf("\\", done)) {
    const meant = ESCAPES.get(text.charAt(at + 1));
    if (meant === undefined) throw UNUSUAL;
    result += text.slice(done, at) + meant;
    done = at + 2;
  }
  return result + text.slice(done);
}

/**
 * Reads a literal block scalar, up to the content behind it.
 *
 * @param cursor Where its bar stands.
 * @param column The column that its lines have to be right of.
 */
export function readLiteral(cursor: QuickCursor, column: number): string {
  const { codes } = cursor;
  const sign = codes[++cursor.at] ?? 0;
  if (sign === code.minus || sign === code.plus) cursor.at++;
  if (codes[cursor.at] !== code.lineFeed) throw UNUSUAL;
  let indent = column + 1;
  let isKnown = false;
  let result = "";
  let breaks = 0;
  for (let start = cursor.at + 1;; start = cursor.at + 1) {
    let at = start;
    const most = isKnown ? start + indent : Infinity;
    while (at < most && codes[at] === code.space) at++;
    if (!isKnown) indent = Math.max(indent, at - start);
    const isEmpty = codes[at] === code.lineFeed;
    if (cursor.isBehind(start) || (!isEmpty && at - start < indent)) {
      cursor.toContent(start);
      return result + lastBreaks(sign, isKnown, breaks);
    }
    cursor.at = at;
    if (!isEmpty) {
      result += "\n".repeat(breaks) + readLine(cursor);
      isKnown = true;
      breaks = 0;
    }
    breaks++;
  }
}

function readLine(cursor: QuickCursor): string {
  const { codes, at: start } = cursor;
  let isWide = false;
  for (let at = start;; at++) {
    while (LINE[codes[at] ?? 0] === 1) at++;
    const character = codes[at] ?? 0;
    if (character >= WIDE) {
      isWide = true;
    } else if (character === code.lineFeed) {
      cursor.at = at;
      return part(cursor, start, isWide);
    } else {
      throw UNUSUAL;
    }
  }
}

// Each line but the first brings the line break in front of it.
function lastBreaks(sign: number, hasText: boolean, breaks: number): string {
  if (sign === code.minus) return "";
  if (sign === code.plus) return "\n".repeat(breaks);
  return hasText ? "\n" : "";
}
