/**
 * A command line as words.
 *
 * @module
 */

import { quoted } from "../../text/printable.ts";

/**
 * Splits a command line into words, as a shell would without expanding
 * anything: no variables, globs, pipes or comments.
 *
 * Single quotes keep everything. Double quotes keep everything but `\"` and
 * `\\`. Outside quotes a backslash keeps the next character.
 *
 * @param line The command line.
 * @returns The words; a pair of quotes with nothing inside is an empty word.
 * @throws {SyntaxError} If a quote is left open or a backslash ends the line.
 *
 * @example Usage
 * ```ts
 * import { splitWords } from "./split_words.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(splitWords(`echo 'a b'"c" "" $HOME`), [
 *   "echo",
 *   "a bc",
 *   "",
 *   "$HOME",
 * ]);
 * ```
 */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (const { text, kind } of pieces(line)) {
    if (kind === "space") {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      word = (word ?? "") + text;
    }
  }
  return word === undefined ? words : [...words, word];
}

interface Piece {
  readonly kind: "space" | "text";
  readonly text: string;
}

const PIECE_REGEXP =
  /(?<space>[ \t\r\n]+)|'(?<single>[^']*)'|"(?<double>(?:[^"\\]+|\\.)*)"|\\(?<escaped>.)|(?<plain>[^ \t\r\n'"\\]+)/suy;

function* pieces(line: string): Generator<Piece> {
  const pattern = new RegExp(PIECE_REGEXP);
  while (pattern.lastIndex < line.length) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(line)?.groups;
    if (groups === undefined) throw new SyntaxError(openEnd(line, at));
    const text = groups["single"] ?? groups["escaped"] ?? groups["plain"] ??
      groups["double"]?.replace(/\\(["\\])/g, "$1");
    yield text === undefined
      ? { kind: "space", text: "" }
      : { kind: "text", text };
  }
}

function openEnd(line: string, at: number): string {
  const rest = quoted(line.slice(at, at + 20));
  return line[at] === "\\"
    ? "its last character is a backslash that escapes nothing"
    : `the quote that begins at ${rest} is never closed`;
}
