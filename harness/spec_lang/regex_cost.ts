/**
 * How much work a backtracking search can be, at most.
 *
 * What a pattern consists of can match at one place in a number of *ways*, and
 * takes a number of *steps* to try them all. Both are bounded from above by
 * polynomials in the length of the text; what can grow faster, or faster than
 * is worth telling apart, has no bound. Whatever is left of the search runs
 * once for each way: that is all backtracking does, so steps and ways of the
 * parts give steps and ways of the whole.
 *
 * @module
 */

/**
 * A bound that grows with the length of a text: the coefficients of a
 * polynomial, lowest power first. Undefined: no bound.
 */
export type Bound = readonly number[] | undefined;

/** The work of a part of a pattern at one place of a text. */
export interface Cost {
  /** In how many ways it can match. */
  readonly ways: Bound;
  /** How many steps it takes to try all of them. */
  readonly steps: Bound;
}

/** What tells how often something is repeated. */
export interface Times {
  /** How often at least. */
  readonly min: number;
  /** How often at most; may be infinite. */
  readonly max: number;
}

/** Beyond these nothing is worth telling apart: such a search is long. */
const MAX_DEGREE = 6;
const MAX_COEFFICIENT = 1e12;
/** From here on a highest number of repetitions counts for infinite. */
export const MANY_TIMES = 1000;

const ONE: Bound = [1];

/** The work of nothing at all: one way, no step. */
export const FREE: Cost = { ways: ONE, steps: [] };

/**
 * The work of something that matches in one way or not.
 *
 * @param steps How many steps that takes.
 */
export function single(steps: number): Cost {
  return { ways: ONE, steps: [steps] };
}

/** The work of a reference: up to the whole text is compared. */
export const COMPARISON: Cost = { ways: ONE, steps: [1, 1] };

/**
 * The work of one thing behind another.
 *
 * @param first What is tried first.
 * @param then What is tried for each way of the first.
 */
export function sequence(first: Cost, then: Cost): Cost {
  return {
    ways: product(first.ways, then.ways),
    steps: sum(first.steps, product(first.ways, then.steps)),
  };
}

/**
 * The work of one thing behind another where it is not known which is tried
 * first, as in a lookbehind.
 *
 * @param one One of them.
 * @param other The other.
 */
export function anyOrder(one: Cost, other: Cost): Cost {
  const ways = product(one.ways, other.ways);
  const steps = sum(
    product(one.steps, sum(ONE, other.ways)),
    product(other.steps, sum(ONE, one.ways)),
  );
  return { ways, steps };
}

/**
 * The work of two alternatives.
 *
 * @param one One of them.
 * @param other The other.
 */
export function either(one: Cost, other: Cost): Cost {
  return {
    ways: sum(one.ways, other.ways),
    steps: sum(ONE, sum(one.steps, other.steps)),
  };
}

/**
 * The work of looking ahead or behind: once found, it is not tried again.
 *
 * @param inside The work of what is looked for.
 */
export function looking(inside: Cost): Cost {
  return { ways: ONE, steps: sum(ONE, inside.steps) };
}

/**
 * The work of a repetition.
 *
 * A repetition that matched nothing ends the loop, so a text of n characters
 * lets a body repeat n times beyond the least number.
 *
 * @param body What is repeated.
 * @param times How often.
 *
 * @example Nested repetitions have no bound
 * ```ts
 * import { repeated, single, workOf } from "./regex_cost.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const many = { min: 0, max: Infinity };
 * const once = repeated(single(1), many);
 * assertEquals(once.ways, [2, 1]);
 * assertEquals(repeated(once, many).ways, undefined);
 * ```
 */
export function repeated(body: Cost, { min, max }: Times): Cost {
  const most: Bound = max < MANY_TIMES ? [max] : [min + 1, 1];
  const steps = sum(ONE, body.steps);
  if (body.ways?.length === 1 && body.ways[0] === 1) {
    return { ways: sum(ONE, most), steps: product(sum(ONE, most), steps) };
  }
  if (max >= MANY_TIMES) return { ways: undefined, steps: undefined };
  // 1 + W + W² + … + W^max ways to stop; each goes on with one more body.
  let ways: Bound = ONE;
  for (let time = 0; time < max && ways !== undefined; time++) {
    ways = sum(ONE, product(body.ways, ways));
  }
  return { ways, steps: product(ways, steps) };
}

/**
 * Bounds the steps for a text.
 *
 * @param bound The bound.
 * @param length How long the text is.
 * @returns The number of steps; infinite if there is no bound.
 */
export function workOf(bound: Bound, length: number): number {
  if (bound === undefined) return Infinity;
  return bound.reduceRight((total, factor) => total * length + factor, 0);
}

function sum(a: Bound, b: Bound): Bound {
  if (a === undefined || b === undefined) return undefined;
  const [long, short] = a.length < b.length ? [b, a] : [a, b];
  return bounded(long.map((factor, power) => factor + (short[power] ?? 0)));
}

function product(a: Bound, b: Bound): Bound {
  if (a === undefined || b === undefined) return undefined;
  const factors: number[] = Array(Math.max(0, a.length + b.length - 1)).fill(0);
  for (const [i, x] of a.entries()) {
    for (const [j, y] of b.entries()) {
      factors[i + j] = (factors[i + j] ?? 0) + x * y;
    }
  }
  return bounded(factors);
}

function bounded(factors: readonly number[]): Bound {
  const fits = factors.length <= MAX_DEGREE + 1 &&
    factors.every((factor) => factor <= MAX_COEFFICIENT);
  return fits ? factors : undefined;
}
