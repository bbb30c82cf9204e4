/**
 * Where two texts part, shown with a caret.
 *
 * @module
 */

import { quoted } from "../../text/printable.ts";
import { excerpt, wholeCharacter } from "./excerpt.ts";
import { type NearestMiss, nearestMiss } from "./nearest_miss.ts";

/**
 * Shows where a text comes closest to a text that it does not contain.
 *
 * @param text The text.
 * @param wanted What is not in it.
 * @returns Lines, none if the text is nowhere near.
 *
 * @example Usage
 * ```ts
 * import { explainContain } from "./explain_text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(explainContain("version 3.2", "version 3.1"), [
 *   "  1 | version 3.2",
 *   '    |           ^ wanted "1" from here',
 * ]);
 * ```
 */
export function explainContain(text: string, wanted: string): string[] {
  const miss = nearestMiss(text, wanted);
  if (miss === undefined) return [];
  const note = NOTES[miss.kind](miss, { text, wanted });
  return excerpt(text, miss.offset, { note });
}

type Note = (
  miss: NearestMiss,
  texts: { readonly text: string; readonly wanted: string },
) => string;

const NOTES: Readonly<Record<NearestMiss["kind"], Note>> = {
  "prefix": ({ length }, { wanted }) =>
    `wanted ${brief(wanted.slice(length))} from here`,
  "suffix": ({ length }, { wanted }) =>
    `wanted ${brief(wanted.slice(0, -length))} up to here`,
  "letter case": () => "here, but in other letter case",
  "white space": ({ offset, length }, { text }) =>
    `here, but with other white space: ${
      brief(text.slice(offset, offset + length))
    }`,
  "escapes": () => "here, but with terminal escapes in it",
  "code points": () =>
    "here, but in another Unicode form: it only looks the same",
};

/**
 * Shows where two texts that should be equal part.
 *
 * @param left One text.
 * @param right The other; not equal to the first.
 * @returns Lines.
 *
 * @example Usage
 * ```ts
 * import { explainUnequal } from "./explain_text.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(explainUnequal("abc", "abd"), [
 *   "  1 | abc",
 *   '    |   ^ the other text goes on with "d"',
 * ]);
 * ```
 */
export function explainUnequal(left: string, right: string): string[] {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at++;
  const offset = wholeCharacter(left, at);
  const rest = right.slice(wholeCharacter(right, at));
  const note = rest === ""
    ? "the other text ends before this"
    : `the other text goes on with ${brief(rest)}`;
  return excerpt(left, offset, { note });
}

function brief(text: string): string {
  const characters = [...text.slice(0, 100)];
  return characters.length > 30
    ? `${quoted(characters.slice(0, 30).join(""))}…`
    : quoted(text);
}
