/** The words behind an opening fence: do they say that it holds cases? */

import { editDistance } from "../text/nearest.ts";
import { printable } from "../text/printable.ts";

const CASE_WORD = "spec-test";
const LANGUAGES: readonly string[] = ["yaml", "yml"];
const SLIP = 2;

/**
 * Reads the words behind an opening fence.
 *
 * @param info The words as written.
 * @returns `case`, `other`, or else the message for what is almost a case.
 */
export function caseWords(info: string): string {
  const words = info.toLowerCase().split(/[ \t]+/).filter((word) =>
    word !== ""
  );
  const caseWord = closest(words, [CASE_WORD]);
  if (caseWord === undefined) return "other";
  const language = closest(words, LANGUAGES);
  if (language === undefined) {
    return words[0] === caseWord.word ? noLanguage(caseWord.word) : "other";
  }
  if (caseWord.isExact && language.isExact) return "case";
  const slip = caseWord.isExact ? language : caseWord;
  return `${
    shown(slip.word)
  } does not mark a case block: did you mean "${slip.meant}"?`;
}

interface Word {
  readonly word: string;
  readonly meant: string;
  readonly isExact: boolean;
}

function closest(
  words: readonly string[],
  targets: readonly string[],
): Word | undefined {
  const exact = words.find((word) => targets.includes(word));
  if (exact !== undefined) return { word: exact, meant: exact, isExact: true };
  for (const word of words) {
    const meant = targets.find((target) => isSlip(word, target));
    if (meant !== undefined) return { word, meant, isExact: false };
  }
  return undefined;
}

function isSlip(word: string, target: string): boolean {
  return Math.abs(word.length - target.length) <= SLIP &&
    editDistance(word, target) <= SLIP;
}

function noLanguage(word: string): string {
  return `${
    shown(word)
  } names no language, so the block is not run: write "yaml ${CASE_WORD}"`;
}

function shown(word: string): string {
  return `"${printable(word)}"`;
}
