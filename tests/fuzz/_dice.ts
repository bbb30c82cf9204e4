/** Numbers that look random and are the same every time (mulberry32). */
export class Dice {
  #state: number;

  /**
   * Starts a sequence.
   *
   * @param seed Which one.
   */
  constructor(seed: number) {
    this.#state = seed;
  }

  /** A whole number from 0 and below a limit. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  }

  /** One of several; there has to be one. */
  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)] as T;
  }

  /** One of several texts, many times over. */
  text(pieces: readonly string[], most: number): string {
    return Array.from({ length: this.below(most + 1) }, () => this.pick(pieces))
      .join("");
  }
}
