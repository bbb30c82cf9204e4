/** The words behind an opening fence: do they say that it holds cases? */

import { editDistance } from "../text/nearest.ts";
import { shown } from "./_shown.ts";

const CASE_WORD = "spec-test";
const LANGUAGES: readonly string[] = ["yaml", "yml"];
const SLIP = 2;
const MAX_LENGTH = 1000;
const REMEDY = `write "yaml ${CASE_WORD}"`;

/**
 * Reads the words behind an opening fence.
 *
 * @param info The words as written.
 * @returns `case`, `other`, or else the message for what is almost a case.
 */
export function caseWords(info: string): string {
  if (info.length > MAX_LENGTH) {
    return info.toLowerCase().includes(CASE_WORD)
      ? `more than ${MAX_LENGTH} characters stand behind the fence, so the block is not run: ${REMEDY}`
      : "other";
  }
  const words = info.toLowerCase().split(/[ \t]+/).filter((word) =>
    word !== ""
  );
  const caseWord = words.find((word) => word === CASE_WORD) ??
    words.find(isSlip);
  const hasLanguage = words.some((word) => LANGUAGES.includes(word));
  if (caseWord === undefined) {
    return hasLanguage && isTornApart(words) ? TORN_APART : gluedWords(words);
  }
  if (!hasLanguage) return otherLanguage(words, caseWord);
  return caseWord === CASE_WORD
    ? "case"
    : `${
      shown(caseWord)
    } does not mark a case block: did you mean "${CASE_WORD}"?`;
}

function isSlip(word: string): boolean {
  return Math.abs(word.length - CASE_WORD.length) <= SLIP &&
    editDistance(word, CASE_WORD) <= SLIP;
}

const FIRST_HALF = /^specs?$/;
const SECOND_HALF = /^tests?$/;
const TORN_APART =
  `"spec" and "test" are two words, which mark no case block: did you mean "${CASE_WORD}"?`;

function isTornApart(words: readonly string[]): boolean {
  return words.some((word) => FIRST_HALF.test(word)) &&
    words.some((word) => SECOND_HALF.test(word));
}

function otherLanguage(words: readonly string[], caseWord: string): string {
  const language = words.find((word) =>
    word !== caseWord && !word.includes("=")
  );
  return language === undefined
    ? `${shown(caseWord)} names no language, so the block is not run: ${REMEDY}`
    : `${
      shown(language)
    } is no language of cases, so the block is not run: ${REMEDY}`;
}

// As other tools separate them: "yaml,spec-test", "yaml:spec-test".
function gluedWords(words: readonly string[]): string {
  const glued = words.find((word) =>
    word.split(/[,;:|+{}()[\]]/).includes(CASE_WORD)
  );
  return glued === undefined
    ? "other"
    : `${shown(glued)} does not mark a case block: ${REMEDY}`;
}
