/** What rows of the table of flags share: lists of commands, and readers. */

import type { CommandId } from "./flag_row.ts";

/** Commands that run cases. */
export const RUNS = [
  "spec run",
  "spec watch",
  "spec conformance",
  "image verify",
] as const satisfies readonly CommandId[];

/** Commands that report. */
export const REPORTS = [
  "spec run",
  "spec conformance",
  "image verify",
  "spec lint",
  "spec merge",
] as const satisfies readonly CommandId[];

/** Commands that look for documents. */
export const FINDS = [
  "spec run",
  "spec watch",
  "spec conformance",
  "spec lint",
  "spec list",
] as const satisfies readonly CommandId[];

/** Commands that read documents by their formats. */
export const READS = [
  ...FINDS,
  "spec fmt",
] as const satisfies readonly CommandId[];

/** Commands that a configuration speaks to. */
export const CONFIGURED = [
  ...READS,
  "image verify",
] as const satisfies readonly CommandId[];

/** Every command there is. */
export const ALL = [
  ...READS,
  "spec merge",
  "spec capabilities",
  "spec schema",
  "spec completions",
  "spec doctor",
  "image init",
  "image materialize",
  "image verify",
  "image completions",
  "image doctor",
] as const satisfies readonly CommandId[];

/** Reads a switch. */
export function given(): true {
  return true;
}

/** Reads a flag that may be given once, as it stands. */
export function text([word = ""]: readonly string[]): string {
  return word;
}

/** Reads a flag that may be given more than once, as it stands. */
export function texts(words: readonly string[]): readonly string[] {
  return words;
}

/**
 * Reads a flag that may be given once.
 *
 * @param parse Reads its text.
 */
export function one<T>(
  parse: (word: string) => T,
): (words: readonly string[]) => T {
  return ([word = ""]) => parse(word);
}
