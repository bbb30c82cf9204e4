/**
 * The escapes of Python's patterns, outside and inside character classes.
 *
 * @module
 */

import type { RegexReader } from "./regex_reader.ts";
import type { AnchorName, CategoryName } from "./regex_text.ts";

/** What an escape stands for. */
export type Escape =
  | { readonly kind: "literal"; readonly code: number }
  | { readonly kind: "category"; readonly name: CategoryName }
  | { readonly kind: "anchor"; readonly name: AnchorName }
  | { readonly kind: "reference"; readonly group: number };

const CONTROL: { readonly [letter: string]: number } = {
  a: 7,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
};
const HEX = "0123456789abcdefABCDEF";
const HEX_DIGITS: { readonly [letter: string]: number } = { x: 2, u: 4, U: 8 };
const OCTAL = "01234567";
const DECIMAL = "0123456789";
const MAX_OCTAL = 0o377;
const MAX_CODE_POINT = 0x10ffff;

/**
 * Reads an escape outside a character class.
 *
 * @param reader The pattern, at the backslash.
 * @returns What the escape stands for.
 * @throws {CaseError} `schema` if Python has no such escape, or it names a
 * character.
 *
 * @example Usage
 * ```ts
 * import { readEscape } from "./regex_escape.ts";
 * import { RegexReader } from "./regex_reader.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const escape = readEscape(new RegexReader("\\x41"));
 * assertEquals(escape, { kind: "literal", code: 0x41 });
 * ```
 */
export function readEscape(reader: RegexReader): Escape {
  const start = reader.offset;
  const letter = reader.take().slice(1);
  if (isCategory(letter)) return { kind: "category", name: letter };
  if (isAnchor(letter)) return { kind: "anchor", name: letter };
  if (letter === "0") return octal(reader, letter, start);
  if (DECIMAL.includes(letter)) return octalOrReference(reader, letter, start);
  return common(reader, letter, start);
}

/**
 * Reads an escape inside a character class, where `\b` is a character and digits
 * are octal.
 *
 * @param reader The pattern, at the backslash.
 * @returns What the escape stands for.
 * @throws {CaseError} As {@linkcode readEscape}.
 */
export function readClassEscape(reader: RegexReader): Escape {
  const start = reader.offset;
  const letter = reader.take().slice(1);
  if (letter === "b") return { kind: "literal", code: 8 };
  if (isCategory(letter)) return { kind: "category", name: letter };
  if (OCTAL.includes(letter)) return octal(reader, letter, start);
  return common(reader, letter, start);
}

function isCategory(letter: string): letter is CategoryName {
  return "dDsSwW".includes(letter);
}

function isAnchor(letter: string): letter is AnchorName {
  return "AZbB".includes(letter);
}

function common(reader: RegexReader, letter: string, start: number): Escape {
  const control = Object.hasOwn(CONTROL, letter) ? CONTROL[letter] : undefined;
  if (control !== undefined) return { kind: "literal", code: control };
  if (Object.hasOwn(HEX_DIGITS, letter)) return hex(reader, letter, start);
  if (letter === "N") throw named(reader, start);
  if (/[0-9A-Za-z]/.test(letter)) {
    throw reader.error(`bad escape \\${letter}`, start);
  }
  return { kind: "literal", code: letter.codePointAt(0) ?? 0 };
}

function hex(reader: RegexReader, letter: string, start: number): Escape {
  const wanted = HEX_DIGITS[letter] ?? 0;
  const digits = reader.takeWhile(HEX, wanted);
  if (digits.length < wanted) {
    throw reader.error(`incomplete escape \\${letter}${digits}`, start);
  }
  const code = parseInt(digits, 16);
  if (code <= MAX_CODE_POINT) return { kind: "literal", code };
  throw reader.error(`bad escape \\${letter}${digits}`, start);
}

/** JavaScript has no table of character names. */
function named(reader: RegexReader, start: number): Error {
  if (!reader.match("{")) return reader.error("missing {", reader.offset);
  const name = reader.takeUntil("}", "character name");
  return reader.unsupported(`named character \\N{${name}}`, start);
}

function octal(reader: RegexReader, first: string, start: number): Escape {
  const digits = first + reader.takeWhile(OCTAL, 2);
  return octalLiteral(reader, digits, start);
}

function octalLiteral(
  reader: RegexReader,
  digits: string,
  start: number,
): Escape {
  const code = parseInt(digits, 8);
  if (code <= MAX_OCTAL) return { kind: "literal", code };
  throw reader.error(
    `octal escape value \\${digits} outside of range 0-0o377`,
    start,
  );
}

/** Three octal digits are a character, anything else the number of a group. */
function octalOrReference(
  reader: RegexReader,
  first: string,
  start: number,
): Escape {
  let digits = first + reader.takeWhile(DECIMAL, 1);
  if (/^[0-7]{2}$/.test(digits)) digits += reader.takeWhile(OCTAL, 1);
  return digits.length === 3
    ? octalLiteral(reader, digits, start)
    : { kind: "reference", group: Number(digits) };
}
