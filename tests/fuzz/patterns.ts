/** Regular expressions as Python writes them: translated, or refused. */

import { CaseError } from "../../harness/case_error.ts";
import { translateRegex } from "../../harness/spec_lang/regex.ts";
import type { Dice } from "./_dice.ts";
import { type Problem, shorterTexts, type Target } from "./_fuzzer.ts";

const PIECES = [
  ..."ab()[]{}|*+?.^$\\-,:=!<>#&~1 iK_\n",
  ...["(?", "(?:", "(?P<n>", "(?P=n)", "(?=", "(?!", "(?<=", "(?<!", "(?#"],
  ...["(?i)", "(?s)", "(?m)", "(?x)", "(?a)", "(?i:", "(?-i:", "\\A", "\\Z"],
  ...["\\b", "\\B", "\\d", "\\W", "\\s", "\\1", "\\0", "\\x41", "\\u00e9"],
  ...["[^", "[a-c]", "[\\w-]", "{1,", "{,2}", "{2}", "a*?", "b+", "(a|b)"],
];
const TEXTS = [
  "",
  "ab",
  "ABC a_1",
  "a\nb\n",
  "aab-b\u00e9\u212a",
  "b  \t",
  "1a,",
];

/** A pattern and a text to search. */
export type Search = readonly [pattern: string, text: string];

/** A pattern and a text. */
export function generateSearch(dice: Dice): Search {
  return [dice.text(PIECES, 9), dice.pick(TEXTS)];
}

/** Shorter patterns, then shorter texts. */
export function* shorterSearches([pattern, text]: Search): Generator<Search> {
  for (const shorter of shorterTexts(pattern)) yield [shorter, text];
  for (const shorter of shorterTexts(text)) yield [pattern, shorter];
}

/** Whether the pattern is found; or the message that refuses it. */
export function search([pattern, text]: Search): boolean | string {
  try {
    const { source, flags } = translateRegex(pattern);
    return new RegExp(source, flags).test(text);
  } catch (error) {
    if (error instanceof CaseError) return error.message;
    throw error;
  }
}

/** What the engine gets is a pattern, or nothing is handed to it. */
export const patterns: Target<Search> = {
  name: "patterns",
  runs: 3000,
  generate: generateSearch,
  check(input): Problem {
    const found = search(input);
    if (typeof found === "boolean") return undefined;
    return /^(?:bad|unsupported) regex: /.test(found) && found.length < 500
      ? undefined
      : `it is refused with ${JSON.stringify(found)}`;
  },
  shrink: shorterSearches,
};
