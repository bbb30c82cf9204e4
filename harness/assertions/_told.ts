/**
 * What is told of a group: its branches, and no more than fits on a screen.
 *
 * @module
 */

import type { KeyPath } from "../case.ts";
import { pathText } from "./place.ts";

/** How many lines a message has at most, and a branch of a group in it. */
const MAX_LINES = 24;
const MAX_BRANCH_LINES = 8;

/** A branch of a group, and what is to be said of it. */
export interface Told {
  /** Where the branch stands. */
  readonly keyPath: KeyPath;
  /** Works out why it holds, or does not. */
  readonly lines: () => readonly string[];
}

/**
 * Tells of branches, up to what fits: of what will not be shown, nothing is
 * worked out but that it is there.
 *
 * @param branches The branches.
 * @returns Lines, at least one for each branch.
 */
export function branchLines(branches: readonly Told[]): string[] {
  const all: string[] = [];
  for (const { keyPath, lines } of branches) {
    if (all.length >= MAX_LINES) {
      all.push(pathText(keyPath));
      continue;
    }
    const [headline = "", ...rest] = clip(lines(), MAX_BRANCH_LINES);
    all.push(`${pathText(keyPath)}: ${headline}`);
    all.push(...rest.map((line) => `  ${line}`));
  }
  return all;
}

/**
 * Cuts what is too long for a message.
 *
 * @param lines The lines.
 * @param limit How many there may be. Default: 24.
 * @returns The first of them; the last one tells how many were left out.
 */
export function clip(
  lines: readonly string[],
  limit = MAX_LINES,
): readonly string[] {
  if (lines.length <= limit) return lines;
  const more = lines.length - limit + 1;
  return [...lines.slice(0, limit - 1), `(${more} more lines)`];
}
