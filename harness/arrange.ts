/**
 * From the wanted cases to those of this run, in the order they are run.
 *
 * @module
 */

import { fingerprintOf } from "./_fingerprint.ts";
import { shuffled } from "./order.ts";
import type { RunFacts } from "./report/reporter.ts";
import { divide, planFingerprint, type Shard } from "./shard.ts";

/** How cases are arranged. */
export interface ArrangeOptions {
  /** The part that is meant. Default: all of them. */
  readonly shard?: Shard;
  /** How long cases take, in milliseconds, by id. */
  readonly durations?: ReadonlyMap<string, number>;
  /** What the order is drawn from. Default: the order of the documents. */
  readonly seed?: number;
  /** What the documents hold: makes shards of other documents another suite. */
  readonly contents?: readonly string[];
}

/** The cases of one run. */
export interface Arranged<T> {
  /** In the order they are run. */
  readonly items: readonly T[];
  /** The place of each among all wanted cases, from 1. */
  readonly places: readonly number[];
  /** What reports say of it. */
  readonly facts: RunFacts;
}

/**
 * Takes the part of the cases that is meant, and puts it in order.
 *
 * @param wanted All cases that are wanted, in the order of the documents.
 * @param options Which part, and which order.
 * @returns The part, maybe empty.
 *
 * @example Two shards are the whole
 * ```ts
 * import { arrange } from "./arrange.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const wanted = ["A-1", "A-2", "A-3"].map((id) => ({ head: { id } }));
 * const parts = [1, 2].map((index) =>
 *   arrange(wanted, { shard: { index, total: 2 } })
 * );
 * const places = parts.flatMap(({ places }) => places);
 * assertEquals(places.toSorted(), [1, 2, 3]);
 * assertEquals(parts[0]?.facts.suite, parts[1]?.facts.suite);
 * ```
 */
export function arrange<T extends { readonly head: { readonly id: string } }>(
  wanted: readonly T[],
  options: ArrangeOptions,
): Arranged<T> {
  const { shard, seed } = options;
  const all = wanted.map((item, index) => ({ item, place: index + 1 }));
  const part = shard === undefined
    ? { own: all, facts: {} }
    : partOf(all, shard, options);
  const ordered = seed === undefined
    ? part.own
    : shuffled(part.own, seed, ({ item }) => item.head.id);
  return {
    items: ordered.map(({ item }) => item),
    places: ordered.map(({ place }) => place),
    facts: { ...(seed === undefined ? {} : { seed }), ...part.facts },
  };
}

interface Placed<T> {
  readonly item: T;
  readonly place: number;
}

function partOf<T extends { readonly head: { readonly id: string } }>(
  all: readonly Placed<T>[],
  { index, total }: Shard,
  { durations, contents = [] }: ArrangeOptions,
): { readonly own: readonly Placed<T>[]; readonly facts: RunFacts } {
  const ids = all.map(({ item }) => item.head.id);
  const shards = divide(ids, total, durations);
  const own = all.filter((_, at) => shards[at] === index);
  const plan = planFingerprint(ids, shards);
  const part = partFingerprint(
    own.map(({ item, place }) => ({ id: item.head.id, place })),
  );
  const suite = fingerprintOf([`${ids.length}`, ...ids, ...contents]);
  const facts = {
    shard: { index, total, plan, part },
    suite,
    cases: ids.length,
  };
  return { own, facts };
}

/**
 * Computes what proves that a shard is whole: a fingerprint of its cases and
 * their places.
 *
 * @param cases The cases, in the order of their places.
 * @returns Sixteen hexadecimal digits.
 *
 * @example Usage
 * ```ts
 * import { partFingerprint } from "./arrange.ts";
 * import { assertNotEquals } from "@std/assert";
 *
 * const one = partFingerprint([{ id: "A-1", place: 1 }]);
 * assertNotEquals(partFingerprint([{ id: "A-1", place: 2 }]), one);
 * ```
 */
export function partFingerprint(
  cases: readonly { readonly id: string; readonly place: number }[],
): string {
  return fingerprintOf(cases.map(({ id, place }) => `${place}/${id}`));
}
