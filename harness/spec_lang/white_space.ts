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
