/**
 * What white space is, for the text operators and for `\s` alike.
 *
 * It is Python's notion: JavaScript's own `\s` has U+FEFF too and lacks U+001C to
 * U+001F and U+0085.
 *
 * @module
 */

/**
 * The white space characters, as the inside of a character class.
 *
 * @example Usage
 * ```ts
 * import { WHITE_SPACE } from "./white_space.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(new RegExp(`[${WHITE_SPACE}]`, "u").test("\x1c"), true);
 * ```
 */
export const WHITE_SPACE =
  "\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

/**
 * Tells whether a character is white space.
 *
 * For long texts: the engine goes through a run of characters outside of
 * Latin-1 with its stack, which ends at some million of them.
 *
 * @param unit A UTF-16 code unit.
 * @returns Whether it is one of {@linkcode WHITE_SPACE}.
 *
 * @example Usage
 * ```ts
 * import { isWhiteSpace } from "./white_space.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([0x20, 0x1c, 0xfeff].map(isWhiteSpace), [true, true, false]);
 * ```
 */
export function isWhiteSpace(unit: number): boolean {
  if (unit <= 0x20) return (unit >= 0x09 && unit <= 0x0d) || unit >= 0x1c;
  if (unit < 0x1680) return unit === 0x85 || unit === 0xa0;
  return (unit >= 0x2000 && unit <= 0x200a) || HIGH.has(unit);
}

const HIGH = new Set([0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000]);
