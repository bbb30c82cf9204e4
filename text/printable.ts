/**
 * Text from outside made safe to show: one line, no terminal sequences.
 *
 * @module
 */

// C0 and C1 controls, DEL, line and paragraph separators, bidirectional
// controls and lone surrogates: whatever moves a cursor or hides text.
const UNPRINTABLE =
  // deno-lint-ignore no-control-regex -- control characters are the subject
  /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;

const SHORT: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

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
 * Quotes text from outside for a message.
 *
 * @param text Any text.
 * @returns The text between double quotes, quotes and backslashes in it
 * escaped, unprintable characters visible.
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
  return `"${printable(text.replace(/[\\"]/g, "\\$&"))}"`;
}

function escapeCharacter(character: string): string {
  const short = SHORT.get(character);
  if (short !== undefined) return short;
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length > 2 ? `\\u{${hex}}` : `\\x${hex.padStart(2, "0")}`;
}
