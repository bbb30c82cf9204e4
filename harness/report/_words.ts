/** How people are told what was done with the cases, and what came of it. */

import type { RunFacts, SuiteSummary, SuiteTask } from "./reporter.ts";

/** How a task is spoken of: what was not run has not passed. */
export interface Words {
  /** Begins the line of a case. */
  readonly case: readonly [pass: string, fail: string];
  /** Begins a line at the end that names a case again. */
  readonly again: string;
  /** Begins the line of counts. */
  readonly counts: (summary: SuiteSummary) => string;
  /** Follows the numbers in it. */
  readonly counted: readonly [pass: string, fail: string];
  /** Whether passes are shown where they need not be. */
  readonly showsPasses: boolean;
}

const RUN: Words = {
  case: ["ok", "not ok"],
  again: "failed",
  counts: () => "",
  counted: ["passed", "failed"],
  showsPasses: true,
};

/** The words for each task. */
export const WORDS: Readonly<Record<SuiteTask, Words>> = {
  run: RUN,
  conformance: { ...RUN, counted: ["as expected", "not as expected"] },
  lint: {
    case: ["right", "wrong"],
    again: "wrong",
    counts: ({ passed, failed }) => `${passed + failed} checked: `,
    counted: ["right", "wrong"],
    showsPasses: false,
  },
};

/** A colour for a number that is not 0. */
export type Paint = (
  colour: "red" | "green" | "yellow",
  text: string,
) => string;

/** What a run came to, in a line. */
export function countsText(
  summary: SuiteSummary,
  paint: Paint = (_, text) => text,
): string {
  const { passed, failed, skipped, task, durationMs } = summary;
  const { counts, counted: [pass, fail] } = WORDS[task];
  const painted = [
    [passed, "green", pass],
    [failed, "red", fail],
    [skipped, "yellow", "skipped"],
  ] as const;
  const numbers = painted.map(([count, colour, word]) => {
    const text = `${count} ${word}`;
    return count > 0 ? paint(colour, text) : text;
  });
  return `${counts(summary)}${numbers.join(", ")} (${
    durationText(durationMs)
  })`;
}

/** A duration as people read it. */
export function durationText(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** How the cases were chosen, in a line, if there is something to tell. */
export function runText(run: RunFacts = {}): string | undefined {
  const { seed, repeat, shard, cases } = run;
  const told = [
    ...(seed === undefined ? [] : [`shuffled with seed ${seed}`]),
    ...(repeat === undefined ? [] : [`each case ${repeat} times`]),
    ...(shard === undefined ? [] : [`shard ${shard.index} of ${shard.total}`]),
    ...(shard === undefined || cases === undefined
      ? []
      : [`${cases} cases in all`]),
  ];
  return told.length === 0 ? undefined : told.join(", ");
}

/** Whether cases were skipped, and nothing else. */
export function isUnchecked(
  { total, passed, failed }: SuiteSummary,
): boolean {
  return total > 0 && passed + failed === 0;
}

/** What nobody may take for success. */
export const NOTHING_CHECKED = "nothing was checked: every case was skipped";
