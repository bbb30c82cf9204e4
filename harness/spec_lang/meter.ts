/**
 * What an evaluation has cost so far: steps, time, and work on data.
 *
 * Steps are what documents count. Work is what a single step can cause: walking a
 * value, copying a list, building a text. It is no part of the step count, but it
 * brings the clock to be read, and it has a ceiling so that no expression fills
 * the memory, even with the clock off.
 *
 * @module
 */

import type { CaseError } from "../case_error.ts";
import { budgetExceeded, type Budgets } from "./budgets.ts";

/** How many steps pass between two looks at the clock. */
const STEP_INTERVAL = 4096;
/** How much work passes between two looks at the clock. */
const WORK_INTERVAL = 65_536;
/** The most values one operation may walk. */
const MAX_WALK = 10_000_000;
/** The most list items and eight-character pieces of text made in all. */
const MAX_MADE = 1 << 25;
/** How much more may be made for each step a document allows. */
const MADE_PER_STEP = 512;

/** The cost of one evaluation, and the errors when it is too high. */
export class Meter {
  readonly #budgets: Budgets;
  readonly #now: () => number;
  readonly #start: number;
  readonly #deadline: number;
  readonly #caseDeadline: number;
  readonly #maxMade: number;
  #used = 0;
  #granted = 0;
  #work = 0;
  #made = 0;

  /**
   * Starts the clock.
   *
   * @param budgets The limits.
   * @param now Reads a clock that never goes back, in milliseconds.
   * @param deadline When whatever the evaluation is part of has to be over, on
   * that clock. Default: never.
   */
  constructor(budgets: Budgets, now: () => number, deadline = Infinity) {
    this.#budgets = budgets;
    this.#now = now;
    this.#caseDeadline = deadline;
    const { timeoutMs } = budgets;
    const isTimed = timeoutMs > 0 || deadline < Infinity;
    this.#start = isTimed ? now() : -Infinity;
    this.#deadline = Math.min(
      deadline,
      timeoutMs === 0 ? Infinity : this.#start + timeoutMs,
    );
    this.#maxMade = Math.max(MAX_MADE, budgets.maxSteps * MADE_PER_STEP);
  }

  /**
   * Grants the first steps.
   *
   * @returns How many steps may be made before asking again.
   * @throws {CaseError} `runtime` if the time was over before it began.
   */
  begin(): number {
    this.#checkTime(this.#start);
    return this.#next(0);
  }

  /**
   * Grants the next steps.
   *
   * @param left What is left of the last grant.
   * @param needed How many steps the next instruction makes.
   * @returns How many steps may be made before asking again, `needed` at least.
   * @throws {CaseError} `runtime` if the steps or the time are used up.
   */
  grant(left: number, needed: number): number {
    const { maxSteps } = this.#budgets;
    this.#used += this.#granted - left;
    if (this.#used + needed > maxSteps) {
      throw budgetExceeded("steps", {
        limit: `more than ${maxSteps} steps`,
        remedy: "raise harness.spec_lang.max_steps",
      });
    }
    this.#checkTime();
    return this.#next(needed);
  }

  #next(needed: number): number {
    const left = this.#budgets.maxSteps - this.#used;
    this.#granted = Math.max(Math.min(STEP_INTERVAL, left), needed);
    return this.#granted;
  }

  /**
   * Counts the steps made so far.
   *
   * @param left What is left of the last grant.
   * @returns The number of steps.
   */
  steps(left: number): number {
    return this.#used + this.#granted - left;
  }

  /**
   * Counts values that an operation is about to look at.
   *
   * @param items How many list items, or eighths of the characters of a text.
   * @throws {CaseError} `runtime` if the time is used up.
   */
  look(items: number): void {
    this.#spend(items);
  }

  /**
   * Counts values that an operation walks, where few can stand for very many.
   *
   * @param items How many are next.
   * @param total How many it has walked, those among them.
   * @throws {CaseError} `runtime` if there is no end in sight.
   */
  walk(items: number, total: number): void {
    if (total > MAX_WALK) {
      throw budgetExceeded("steps", {
        limit: `more than ${MAX_WALK} values in one step`,
        remedy: "no key raises this: look at less of it",
      });
    }
    this.#spend(items);
  }

  /**
   * Counts a list or a text about to be made.
   *
   * @param items How many list items, or eighths of the characters.
   * @throws {CaseError} `runtime` if all that was made is too much.
   */
  make(items: number): void {
    this.#made += items;
    if (this.#made > this.#maxMade) {
      const enough = Math.floor(this.#maxMade / MADE_PER_STEP);
      throw budgetExceeded("steps", {
        limit: "more data made than memory is set aside",
        remedy: `raise harness.spec_lang.max_steps above ${enough} for more`,
      });
    }
    this.#spend(items);
  }

  /**
   * Takes account of a search that is about to begin.
   *
   * @param steps How many steps it takes at most; infinite if that is unknown.
   * @param what Names it, for an error.
   * @returns How many milliseconds are left for it, if it has to be watched.
   * @throws {CaseError} `runtime` if the time is used up.
   */
  search(steps: number, what: () => string): number {
    const units = steps / 8;
    if (units < WORK_INTERVAL) this.#spend(units);
    else this.#work = 0;
    if (this.#deadline === Infinity || units < WORK_INTERVAL) return Infinity;
    const left = this.#deadline - this.#now();
    if (left < 0) throw this.outOfTime(what());
    return left;
  }

  /**
   * Makes the error of work that was given up.
   *
   * @param what The work.
   */
  outOfTime(what: string): CaseError {
    return this.#overdue(`, ${what}`);
  }

  #overdue(what = ""): CaseError {
    return this.#deadline === this.#caseDeadline
      ? budgetExceeded("timeout", {
        limit: `the time of the whole case is over${what}`,
        remedy: "raise --timeout",
      })
      : budgetExceeded("timeout", {
        limit: `more than ${this.#budgets.timeoutMs} ms${what}`,
        remedy: "raise harness.spec_lang.timeout_ms",
      });
  }

  #spend(units: number): void {
    this.#work += units;
    if (this.#work < WORK_INTERVAL) return;
    this.#work = 0;
    this.#checkTime();
  }

  #checkTime(now?: number): void {
    if (this.#deadline === Infinity) return;
    if ((now ?? this.#now()) <= this.#deadline) return;
    throw this.#overdue();
  }
}
