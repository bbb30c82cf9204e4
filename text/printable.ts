/**
 * Text from outside made safe to show: one line, no terminal sequences.
 *
 * @module
 */

// A named class, \p{Surrogate}, would cost every start half a millisecond.
/**
 * C0 and C1 controls, DEL, line and paragraph separators, bidirectional
 * controls and lone surrogates: whatever moves a cursor or hides text. To be
 * used for its source; it is global, and so remembers where it was.
 *
 * @example Usage
 * ```ts
 * import { UNPRINTABLE } from "./printable.ts";
 * import { assertMatch } from "@std/assert";
 *
 * assertMatch("a\x1b", new RegExp(UNPRINTABLE.source, "u"));
 * ```
 */
export const UNPRINTABLE: RegExp =
  // deno-lint-ignore no-control-regex -- control characters are the subject
  /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|[\ud800-\udfff]/gu;

const SHORT: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

// A message is for reading: nothing in it is as long as a document may be.
const MAX_SHOWN = 300;

/**
 * Replaces every character that could move a cursor, colour a terminal or
 * hide text by a visible escape.
 *
 * @param text Any text, also with lone surrogates.
 * @returns One line: `\n`, `\r`, `\t`, `\xNN` and `\u{NNNN}` stand for what
 * could not be shown.
 *
 * @example Neutralise a terminal sequence
 * ```ts
 * import { printable } from "./printable.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(printable("a\x1b[2Jb\n"), "a\\x1b[2Jb\\n");
 * ```
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, escapeCharacter);
}

/**
 * Leaves out the middle of a long text.
 *
 * @param text Any text.
 * @param length The most UTF-16 code units to keep. Default 300.
 * @returns The text itself if it is no longer; else two thirds of the length
 * from its beginning, `…`, and the rest from its end.
 *
 * @example Show a key that may be as long as a document
 * ```ts
 * import { shortened } from "./printable.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(shortened("exit_code"), "exit_code");
 * assertEquals(shortened("abcdefghijklmnop", 9), "abcdef…nop");
 * ```
 */
export function shortened(text: string, length: number = MAX_SHOWN): string {
  if (text.length <= length) return text;
  const tail = Math.floor(length / 3);
  const before = text.slice(0, length - tail).replace(/[\ud800-\udbff]$/, "");
  const after = text.slice(text.length - tail).replace(/^[\udc00-\udfff]/, "");
  return `${before}…${after}`;
}

/**
 * Quotes text from outside for a message.
 *
 * @param text Any text.
 * @returns The text between double quotes, quotes and backslashes in it
 * escaped, unprintable characters visible, {@linkcode shortened} if it is long.
 *
 * @example Usage
 * ```ts
 * import { quoted } from "./printable.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(quoted('say "hi"\n'), String.raw`"say \"hi\"\n"`);
 * ```
 */
export function quoted(text: string): string {
  return `"${printable(shortened(text).replace(/[\\"]/g, "\\$&"))}"`;
}

function escapeCharacter(character: string): string {
  const short = SHORT.get(character);
  if (short !== undefined) return short;
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length > 2 ? `\\u{${hex}}` : `\\x${hex.padStart(2, "0")}`;
}
