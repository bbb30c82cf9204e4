/**
 * Inputs at random, what is wrong with the answers, and the smallest input for
 * which it is.
 *
 * @module
 */

import type { Json } from "../../harness/json.ts";
import { Dice } from "./_dice.ts";

/** Something that is given inputs. */
export interface Target<T> {
  /** What it is called in findings. */
  readonly name: string;
  /** How many inputs a test gives it. */
  readonly runs: number;
  /** Makes an input. */
  generate(dice: Dice): T;
  /** Says what is wrong with the answer to an input; nothing if it is right. */
  check(input: T): Problem | Promise<Problem>;
  /** Smaller inputs, the smallest first. */
  shrink(input: T): Iterable<T>;
}

/** What is wrong; nothing if nothing is. */
export type Problem = string | undefined;

/** A wrong answer. */
export interface Finding {
  /** The target's name. */
  readonly target: string;
  /** What makes the input again. */
  readonly seed: number;
  /** The smallest input that was found, as JSON. */
  readonly input: string;
  /** What is wrong. */
  readonly problem: string;
}

// Each round of shrinking may try every piece: more never made one smaller.
const MOST_TRIES = 2000;

/**
 * Gives a target one input.
 *
 * @param target The target.
 * @param seed What makes the input.
 * @returns What was found, if anything.
 */
export async function fuzz<T>(
  target: Target<T>,
  seed: number,
): Promise<Finding | undefined> {
  let input = target.generate(new Dice(seed));
  let problem = await attempt(target, input);
  if (problem === undefined) return undefined;
  let tries = 0;
  let isSmaller = true;
  while (isSmaller && tries < MOST_TRIES) {
    isSmaller = false;
    for (const smaller of target.shrink(input)) {
      const found = await attempt(target, smaller);
      if (++tries > MOST_TRIES) break;
      if (found === undefined) continue;
      [input, problem, isSmaller] = [smaller, found, true];
      break;
    }
  }
  const { name } = target;
  return { target: name, seed, input: JSON.stringify(input), problem };
}

async function attempt<T>(target: Target<T>, input: T): Promise<Problem> {
  try {
    return await target.check(input);
  } catch (error) {
    return `it throws ${error instanceof Error ? error.stack : error}`;
  }
}

/**
 * Texts with a piece left out: half of it first, single characters last.
 *
 * @param text The text.
 */
export function* shorterTexts(text: string): Generator<string> {
  for (let size = text.length; size >= 1; size = size >> 1) {
    for (let at = 0; at < text.length; at += size) {
      yield text.slice(0, at) + text.slice(at + size);
    }
  }
}

/**
 * Values with a part left out or made simple.
 *
 * @param value The value.
 */
export function* simplerValues(value: Json): Generator<Json> {
  if (typeof value === "string") {
    yield* shorterTexts(value);
  } else if (Array.isArray(value)) {
    yield* value;
    for (const at of value.keys()) yield value.toSpliced(at, 1);
    for (const [at, item] of value.entries()) {
      for (const simpler of simplerValues(item)) yield value.with(at, simpler);
    }
  } else if (value !== null && value !== 0) {
    yield null;
    yield 0;
  }
}
