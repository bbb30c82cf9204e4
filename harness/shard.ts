/**
 * A suite divided into shards, so that each machine of several runs a part, and
 * the proof that the parts make the whole.
 *
 * @module
 */

import { Fingerprint, fingerprintOf } from "./_fingerprint.ts";
import { quoted } from "../text/printable.ts";
import { ciShard } from "./_ci_shard.ts";
import { UsageError } from "./usage_error.ts";

/** Which part of a suite is meant. */
export interface Shard {
  /** Its number, from 1. */
  readonly index: number;
  /** How many there are. */
  readonly total: number;
}

/** The most shards there may be. */
const MAX_SHARDS = 9999;

/**
 * Reads which part is meant.
 *
 * `3/7` is the third of seven. `auto` asks the variables of the CI system,
 * `auto/7` does so and knows how many there are.
 *
 * @param text The value as typed.
 * @param env Reads a variable; asked for `auto` only.
 * @returns The part.
 * @throws {UsageError} If it is none; if no variable tells, or two disagree.
 *
 * @example GitLab sets these for a job with `parallel: 7`
 * ```ts
 * import { parseShard } from "./shard.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const env = new Map([["CI_NODE_INDEX", "3"], ["CI_NODE_TOTAL", "7"]]);
 * const third = parseShard("auto", (name) => env.get(name));
 * assertEquals(third, { index: 3, total: 7 });
 * assertEquals(third, parseShard("3/7", () => undefined));
 * ```
 */
export function parseShard(
  text: string,
  env: (name: string) => string | undefined,
): Shard {
  const [which = "", of, ...more] = text.split("/");
  const isAuto = which === "auto";
  if (more.length > 0 || (of === undefined && !isAuto)) {
    throw wrong(text, "wanted INDEX/TOTAL such as 3/7, auto, or auto/TOTAL");
  }
  const total = of === undefined ? undefined : wholeNumber(of);
  if (total === 0) throw wrong(text, `there are 1 to ${MAX_SHARDS} shards`);
  if (isAuto || total === undefined) return ciShard(env, total);
  const index = wholeNumber(which);
  if (index >= 1 && index <= total) return { index, total };
  throw wrong(text, `shards count from 1 to ${total}`);
}

/** 0 for what is none of the numbers there may be. */
function wholeNumber(digits: string): number {
  return /^[0-9]{1,4}$/.test(digits) ? Number(digits) : 0;
}

function wrong(text: string, reason: string): UsageError {
  return new UsageError(`Cannot use ${quoted(text)} as --shard: ${reason}`, {
    remedy: "The first of four shards is --shard 1/4",
  });
}

/**
 * Tells which shard a case belongs to if nothing is known but its id.
 *
 * The same id is in the same shard wherever its case stands and whatever else
 * the suite holds.
 *
 * @param id The id.
 * @param total How many shards there are.
 * @returns The number of its shard, from 1.
 *
 * @example Usage
 * ```ts
 * import { shardOf } from "./shard.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(shardOf("A-1", 7), 5);
 * assertEquals(shardOf("A-1", 1), 1);
 * ```
 */
export function shardOf(id: string, total: number): number {
  const [number] = new Fingerprint().add(id).halves();
  return 1 + number % total;
}

/**
 * Divides a suite.
 *
 * Without durations each case is where {@linkcode shardOf} puts it. With
 * durations the longest case comes first, and each goes to the shard that has
 * the least to do by then; a case with no duration counts as the middle one of
 * those that have one. The same ids and durations give the same parts, in
 * whatever order the cases stand.
 *
 * @param ids The ids of all cases. What has one id is in one shard.
 * @param total How many shards there are.
 * @param durations How long cases take, in milliseconds, by id.
 * @returns For each id, in the same order, the number of its shard, from 1.
 *
 * @example A long case has a shard for itself
 * ```ts
 * import { divide } from "./shard.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const durations = new Map([["A-1", 10], ["A-2", 900], ["A-3", 20]]);
 * assertEquals(divide(["A-1", "A-2", "A-3"], 2, durations), [2, 1, 2]);
 * ```
 */
export function divide(
  ids: readonly string[],
  total: number,
  durations?: ReadonlyMap<string, number>,
): number[] {
  if (durations === undefined) return ids.map((id) => shardOf(id, total));
  const known = ids.flatMap((id) => durations.get(id) ?? []);
  const middle = median(known);
  const work = [...Map.groupBy(ids, (id) => id)].map(([id, { length }]) => ({
    id,
    duration: length * (durations.get(id) ?? middle),
  }));
  work.sort((a, b) => b.duration - a.duration || compare(a.id, b.id));
  const load = new LeastLoad(total);
  const shards = new Map<string, number>();
  for (const { id, duration } of work) shards.set(id, load.take(duration));
  return ids.map((id) => shards.get(id) ?? 1);
}

/** The shards by how much each has to do; of equals the lower number first. */
class LeastLoad {
  /** A heap: whoever has least to do is on top. */
  readonly #heap: { readonly shard: number; cases: number; load: number }[];

  constructor(total: number) {
    this.#heap = Array.from({ length: total }, (_, at) => ({
      ...{ shard: at + 1, cases: 0, load: 0 },
    }));
  }

  take(duration: number): number {
    const [top] = this.#heap;
    if (top === undefined) return 1;
    top.load += duration;
    top.cases++;
    this.#sink();
    return top.shard;
  }

  #sink(): void {
    const heap = this.#heap;
    for (let at = 0;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (this.#isLess(left, least)) least = left;
      if (this.#isLess(right, least)) least = right;
      const [above, below] = [heap[at], heap[least]];
      if (least === at || above === undefined || below === undefined) return;
      heap[at] = below;
      heap[least] = above;
      at = least;
    }
  }

  #isLess(one: number, other: number): boolean {
    const [a, b] = [this.#heap[one], this.#heap[other]];
    if (a === undefined || b === undefined) return false;
    // Cases that take no time are spread, too.
    return (a.load - b.load || a.cases - b.cases || a.shard - b.shard) < 0;
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  // Of an even number the lower one: no mean that rounds elsewhere.
  return sorted[(sorted.length - 1) >> 1] ?? 0;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/**
 * Computes what proves that parts make a whole: a fingerprint of every case of
 * a suite, its place and its shard.
 *
 * @param ids The ids of all cases, in the order of the documents.
 * @param shards The number of the shard of each.
 * @returns Sixteen hexadecimal digits.
 *
 * @example Usage
 * ```ts
 * import { planFingerprint } from "./shard.ts";
 * import { assertNotEquals } from "@std/assert";
 *
 * const plan = planFingerprint(["A-1", "A-2"], [1, 2]);
 * assertNotEquals(planFingerprint(["A-2", "A-1"], [1, 2]), plan);
 * assertNotEquals(planFingerprint(["A-1", "A-2"], [2, 1]), plan);
 * ```
 */
export function planFingerprint(
  ids: readonly string[],
  shards: readonly number[],
): string {
  return fingerprintOf(ids.map((id, at) => `${shards[at]}/${id}`));
}
