/**
 * The text that every match of a pattern begins with.
 *
 * @module
 */

import { type Cost, workOf } from "./regex_cost.ts";

/** Longer ones tell hardly more, and are harder to find. */
const MAX_LENGTH = 64;

/** What every match begins with. */
export interface Beginning {
  /** The text, letter by letter; empty if it may be one or another. */
  readonly text: string;
  /** How many steps it takes at most to find out that it is not there. */
  readonly steps: number;
}

/** What is known of a piece of the pattern. */
export interface Piece {
  /** Anchors cannot be repeated, and what is repeated not once more. */
  readonly kind: "atom" | "anchor" | "repeat";
  /** How much work it is. */
  readonly cost: Cost;
  /** The character it stands for, if it stands for one alone. */
  readonly literal?: string | undefined;
}

/** Finds the text that every match begins with, piece by piece. */
export class BeginningReader {
  /** What is known so far. */
  beginning: Beginning = { text: "", steps: 1 };
  #isOver = false;

  /**
   * Takes the next piece.
   *
   * @param piece The piece.
   */
  add({ kind, cost, literal = "" }: Piece): void {
    const { text, steps } = this.beginning;
    this.#isOver ||= kind === "repeat" || (kind === "atom" && literal === "") ||
      text.length >= MAX_LENGTH;
    if (this.#isOver) return;
    this.beginning = {
      text: text + literal,
      steps: steps + workOf(cost.steps, 0),
    };
  }

  /** Knows nothing: the match may also begin with something else. */
  forget(): void {
    this.beginning = { text: "", steps: 1 };
    this.#isOver = true;
  }
}
