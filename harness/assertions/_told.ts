/**
 * What is told of an assertion that does not hold: no more than fits on a
 * screen.
 *
 * @module
 */

import type { KeyPath } from "../case.ts";
import type { Json } from "../json.ts";
import { asText } from "./brief_json.ts";
import { head } from "./excerpt.ts";
import { pathText } from "./place.ts";

/** What is told. */
export interface Told {
  /** Lines, the first one fit to stand alone. */
  readonly lines: readonly string[];
  /** The values that help to understand them, by target. */
  readonly seen: ReadonlyMap<string, Json>;
}

/**
 * Works out what is to be told.
 *
 * @param room How many lines there are at most.
 */
export type Tell = (room: number) => Told;

/** A branch of a group. */
export interface Branch {
  /** Where it stands. */
  readonly keyPath: KeyPath;
  /** What is to be told of it. */
  readonly tell: Tell;
}

/** How many lines a message has at most. */
const MAX_LINES = 24;
/** How many a branch has at least, if it needs them. */
const MIN_BRANCH = 4;
/** How many lines are shown of a text, and of how many texts. */
const TEXT_LINES = 5;
const MAX_TEXTS = 2;

/**
 * Tells of a group: a headline, and its branches as far as they fit. Of those
 * that do not, nothing is worked out.
 *
 * @param headline What is wrong with the group.
 * @param branches The branches that matter.
 * @param room How many lines there are at most.
 */
export function tellGroup(
  headline: string,
  branches: readonly Branch[],
  room: number,
): Told {
  const lines = [headline];
  const seen = new Map<string, Json>();
  for (const [index, { keyPath, tell }] of branches.entries()) {
    const left = branches.length - index;
    const free = room - lines.length - (left > 1 ? 1 : 0);
    if (free < 1) {
      lines.push(`(${left} more ${left === 1 ? "branch" : "branches"})`);
      break;
    }
    const share = Math.max(MIN_BRANCH, Math.floor(free / left));
    const told = tell(Math.min(free, share));
    const [first = "", ...rest] = clip(told.lines, Math.min(free, share));
    lines.push(`${pathText(keyPath)}: ${first}`);
    lines.push(...rest.map((line) => `  ${line}`));
    for (const [target, value] of told.seen) seen.set(target, value);
  }
  return { lines, seen };
}

/**
 * Writes all that is told, and below it how the texts begin that it is about.
 *
 * @param tell Works out what is to be told.
 * @returns The lines of a message, without its place.
 */
export function wholeStory(tell: Tell): readonly string[] {
  const { lines, seen } = tell(MAX_LINES);
  const texts = textLines(seen);
  if (lines.length + texts.length <= MAX_LINES) return [...lines, ...texts];
  const shorter = tell(MAX_LINES - texts.length);
  const room = MAX_LINES - texts.length;
  return [...clip(shorter.lines, room), ...texts];
}

function textLines(seen: ReadonlyMap<string, Json>): string[] {
  const shown = [...seen].slice(0, MAX_TEXTS);
  return shown.flatMap(([target, value]) => {
    const name = seen.size === 1 ? "the text" : `the text of ${target}`;
    const text = asText(value);
    return text === ""
      ? [`${name} is empty`]
      : [`${name} begins:`, ...head(text, { lines: TEXT_LINES })];
  });
}

function clip(lines: readonly string[], limit: number): readonly string[] {
  if (lines.length <= limit) return lines;
  if (limit === 1) return lines.slice(0, 1);
  const more = lines.length - limit + 1;
  return [...lines.slice(0, limit - 1), `(${more} more lines)`];
}
