/** How the HTML report speaks of a task: what was not run has not passed. */

import type { Status } from "../../case.ts";
import type { SuiteSummary, SuiteTask } from "../reporter.ts";

/** The words for one task. */
export interface Words {
  /** What kind of page this is. */
  readonly kind: string;
  /** What became of a case. */
  readonly status: Readonly<Record<Status, string>>;
  /** Says that some cases failed; follows their number. */
  readonly someFailed: (failed: number) => string;
  /** Says that cases are well; follows their number. */
  readonly allPassed: (passed: number) => string;
}

const RUN: Words = {
  kind: "Specification report",
  status: { fail: "failed", pass: "passed", skip: "skipped" },
  someFailed: () => "failed",
  allPassed: () => "passed",
};

const WORDS: Readonly<Record<SuiteTask, Words>> = {
  run: RUN,
  conformance: {
    kind: "Conformance report",
    status: {
      fail: "not as expected",
      pass: "as expected",
      skip: "skipped",
    },
    someFailed: () => "did not end as expected",
    allPassed: () => "ended as expected",
  },
  lint: {
    kind: "Lint report: nothing was run",
    status: { fail: "wrong", pass: "right", skip: "skipped" },
    someFailed: (failed) => failed === 1 ? "is wrong" : "are wrong",
    allPassed: (passed) => passed === 1 ? "is right" : "are right",
  },
};

/** The words for what was done. */
export function wordsFor(
  { task, program }: Pick<SuiteSummary, "task" | "program">,
): Words {
  const words = WORDS[task];
  return program === "image" ? { ...words, kind: "Image report" } : words;
}

/** Says in a sentence what a run came to. */
export function headline(summary: SuiteSummary, words: Words): string {
  const { total, passed, failed, skipped } = summary;
  const cases = plural(total, "case");
  if (failed > 0) {
    return `${thousands(failed)} of ${cases} ${words.someFailed(failed)}`;
  }
  if (passed === 0) return "Nothing was checked: every case was skipped";
  const well = skipped === 0
    ? `${total === 1 ? "" : "All "}${cases}`
    : `${thousands(passed)} of ${cases}`;
  const rest = skipped === 0 ? "" : `, ${thousands(skipped)} skipped`;
  return `${well} ${words.allPassed(passed)}${rest}`;
}

/** Words as they begin a sentence. */
export function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** A number of things, in English. */
export function plural(count: number, noun: string): string {
  return `${thousands(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** A whole number with commas. */
export function thousands(count: number): string {
  return `${count}`.replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** A span of time for people. */
export function duration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  if (ms < 59_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  const rest = `${seconds % 60}`.padStart(2, "0");
  return `${thousands(Math.floor(seconds / 60))} min ${rest} s`;
}
