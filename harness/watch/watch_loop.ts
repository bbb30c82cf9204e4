/**
 * The loop of `spec watch`: what happens outside becomes events, and what is
 * wanted next is run.
 *
 * @module
 */

import type { CaseResult } from "../case.ts";
import { FIRST_STATE, statusLine, step } from "./watch_state.ts";
import type { Wanted, WatchEvent, WatchState } from "./watch_state.ts";

/** What the loop asks for. */
export interface WatchWork {
  /**
   * Runs cases and tells people what became of them.
   *
   * @param wanted Which.
   * @param filter The ids that are wanted; all if nothing.
   * @returns The results; none if the run did not come to its end.
   */
  run(
    wanted: Wanted,
    filter: string | undefined,
  ): Promise<readonly CaseResult[]>;
  /** Ends what is being run. */
  stop(): void;
  /** Shows how things stand, in place of what was shown before. */
  show(status: string): void;
}

/** A watch that is going on. */
export class WatchLoop {
  readonly #work: WatchWork;
  #state: WatchState = FIRST_STATE;
  #wake = Promise.withResolvers<void>();

  /**
   * Begins with nothing known: all cases will be run first.
   *
   * @param work What is done.
   */
  constructor(work: WatchWork) {
    this.#work = work;
  }

  /**
   * Takes note of something that happened.
   *
   * @param event What it was.
   */
  tell(event: WatchEvent): void {
    this.#state = step(this.#state, event);
    if (this.#state.ended) this.#work.stop();
    this.#work.show(this.#state.ended ? "" : statusLine(this.#state));
    this.#wake.resolve();
  }

  /** Runs what is wanted until the watch is ended. */
  async untilEnded(): Promise<void> {
    while (!this.#state.ended) {
      const { next, filter } = this.#state;
      if (next === undefined) {
        await this.#woken();
        continue;
      }
      this.tell({ kind: "started" });
      const results = await this.#work.run(next, filter);
      if (!this.#state.ended) this.tell({ kind: "ran", results });
    }
  }

  async #woken(): Promise<void> {
    await this.#wake.promise;
    this.#wake = Promise.withResolvers();
  }
}
