/**
 * Holds a checked assertion tree against the targets of a case.
 *
 * @module
 */

import type { KeyPath } from "../case.ts";
import { CaseError, type Location } from "../case_error.ts";
import type { Json } from "../json.ts";
import { evaluate } from "../spec_lang/machine.ts";
import { isTrue } from "../spec_lang/truth.ts";
import type { ReadTarget } from "../types/harness_type.ts";
import type { Assertion, Check, Group, Leaf } from "./assertion.ts";
import type { JudgeOptions } from "./judge_options.ts";
import { assertionError, type Place } from "./place.ts";
import { Explainer } from "./_explainer.ts";
import { type Tell, tellGroup, wholeStory } from "./_told.ts";

export type { JudgeOptions };

/** An assertion that does not hold. */
interface Miss {
  readonly place: Place;
  readonly at: KeyPath;
  /** The place, if the case type told it. */
  readonly known?: Location | undefined;
  /** Explains it; asked only for a failure that is told. */
  readonly tell: Tell;
}

/**
 * Checks that an assertion tree holds.
 *
 * In `can` and `cannot` every branch is looked at, so that a schema or runtime
 * failure in one of them surfaces wherever it stands; `must` stops at the
 * first branch that does not hold.
 *
 * Source: spec format, section 6.
 *
 * @param assertion The tree.
 * @param read Gives the value of a target.
 * @param options What judging depends on besides.
 * @throws {CaseError} `assertion` if it does not hold, with what was wanted and
 * what was there in at most 24 lines; `schema` or `runtime` if an expression
 * cannot be evaluated.
 *
 * @example Usage
 * ```ts
 * import { judge } from "./evaluate.ts";
 * import { compileAssertions } from "./compile.ts";
 * import { DEFAULT_BUDGETS } from "../spec_lang/budgets.ts";
 * import { CaseError } from "../case_error.ts";
 * import { assertThrows } from "@std/assert";
 *
 * const options = {
 *   caseId: "A-1",
 *   targets: { text: ["contain" as const] },
 *   budgets: DEFAULT_BUDGETS,
 *   host: { pathExists: () => false, now: () => 0 },
 *   source: { locate: () => ({ path: "a.spec.md", line: 1, column: 1 }) },
 * };
 * const tree = compileAssertions(
 *   { target: "text", must: [{ contain: ["ready"] }] },
 *   options,
 * );
 * judge(tree, () => "all ready", options);
 * assertThrows(() => judge(tree, () => "not yet", options), CaseError,
 *   'assert_path=assert.must[0] target=text op=contain: wanted text that contains "ready"');
 * ```
 */
export function judge(
  assertion: Assertion,
  read: ReadTarget,
  options: JudgeOptions,
): void {
  const miss = new Judge(remember(read), options).examine(assertion);
  if (miss === undefined) return;
  const text = wholeStory(miss.tell).join("\n  ");
  throw assertionError("assertion", { place: miss.place, text }, {
    source: options.source,
    at: miss.at,
    known: miss.known,
  });
}

class Judge {
  readonly #read: ReadTarget;
  readonly #options: JudgeOptions;
  #explains: Explainer | undefined;

  constructor(read: ReadTarget, options: JudgeOptions) {
    this.#read = read;
    this.#options = options;
  }

  /** Made for the first failure: most cases have none. */
  get #explainer(): Explainer {
    return this.#explains ??= new Explainer(this.#read, this.#options);
  }

  /** The first reason why an assertion does not hold, or nothing. */
  examine(assertion: Assertion): Miss | undefined {
    return assertion.kind === "leaf"
      ? first(assertion.checks, (check) => this.#check(check, assertion))
      : this.#group(assertion);
  }

  #group(group: Group): Miss | undefined {
    const { branches, mode, keyPath } = group;
    if (mode === "must") return first(branches, (node) => this.examine(node));
    const misses = branches.map((branch) => this.examine(branch));
    const held = branches.filter((_, index) => misses[index] === undefined);
    if (mode === "can" ? held.length > 0 : held.length === 0) return undefined;
    const { caseId } = this.#options;
    const tell = mode === "can"
      ? noneHeld(misses.filter((miss) => miss !== undefined))
      : this.#someHeld(held, branches.length);
    const place = { caseId, keyPath, target: group.target };
    return { place, at: [...keyPath, mode], tell };
  }

  #someHeld(held: readonly Assertion[], total: number): Tell {
    const headline = held.length === 1
      ? `cannot: 1 branch of ${total} holds, wanted none`
      : `cannot: ${held.length} branches of ${total} hold, wanted none`;
    const holds = (one: Assertion) => this.examine(one) === undefined;
    return (room) => {
      const branches = held.map((one) => this.#explainer.hit(one, holds));
      return tellGroup(headline, branches, room);
    };
  }

  #check(check: Check, leaf: Leaf): Miss | undefined {
    const { caseId, source } = this.#options;
    const { target, keyPath } = leaf;
    const place = { caseId, keyPath, target, op: check.operator };
    const at = check.keyPath;
    try {
      const subject = this.#read(target);
      const { value } = evaluate(check.expression, subject, this.#options);
      if (isTrue(value)) return undefined;
      return { place, at, tell: () => this.#explainer.miss(check, target) };
    } catch (cause) {
      if (!(cause instanceof CaseError)) throw cause;
      const { category, message, location: known } = cause;
      if (category === "assertion") {
        const told = { lines: [message], seen: new Map() };
        return { place, at, known, tell: () => told };
      }
      const problem = { place, text: message };
      throw assertionError(category, problem, { source, at, known, cause });
    }
  }
}

function noneHeld(misses: readonly Miss[]): Tell {
  const headline =
    `can: no branch holds, wanted at least one of ${misses.length}`;
  const branches = misses.map(({ place: { keyPath }, tell }) => ({
    keyPath,
    tell,
  }));
  return (room) => tellGroup(headline, branches, room);
}

function first<T, R>(
  items: readonly T[],
  find: (item: T) => R | undefined,
): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Reads each target once: a case's checks all see the same value. */
function remember(read: ReadTarget): ReadTarget {
  const known = new Map<string, Json>();
  return (target) => {
    const value = known.get(target) ?? read(target);
    known.set(target, value);
    return value;
  };
}
