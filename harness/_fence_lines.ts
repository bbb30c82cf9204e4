/** The lines of a document that may open or close a fence. */

const LINE_FEED = 0x0a;

/** A position in a document with `\n` line ends, moved from line to line. */
export class FenceLines {
  /** Where the current line begins. */
  start = 0;
  /** Where it ends, before the line break. */
  end = -1;
  readonly #text: string;
  readonly #codes: Uint8Array | undefined;
  #ticks: number;
  #tildes: number;
  #number = 1;
  #counted = 0;

  /**
   * Starts before the first line.
   *
   * @param text The document.
   * @param codes Its codes, if they are known.
   */
  constructor(text: string, codes?: Uint8Array) {
    this.#text = text;
    this.#codes = codes;
    this.#ticks = text.indexOf("```");
    this.#tildes = text.indexOf("~~~");
  }

  /**
   * Moves on: to the very next line, or to the next one with three backticks
   * or tildes in a row.
   *
   * @param every Whether it is the very next line.
   * @returns Whether there is one.
   */
  next(every: boolean): boolean {
    const from = this.end + 1;
    const at = every ? from : this.#mark(from);
    if (at < 0 || at >= this.#text.length) return false;
    this.start = at === from
      ? from
      : Math.max(from, this.#text.lastIndexOf("\n", at) + 1);
    const end = this.#text.indexOf("\n", at);
    this.end = end < 0 ? this.#text.length : end;
    return true;
  }

  /** The number of the current line, from 1. */
  get number(): number {
    const { start } = this;
    const codes = this.#codes;
    const text = this.#text;
    let number = this.#number;
    // A search for each of fifty million line breaks would take far longer.
    for (let at = this.#counted; at < start; at++) {
      const character = codes === undefined ? text.charCodeAt(at) : codes[at];
      if (character === LINE_FEED) number++;
    }
    this.#counted = start;
    this.#number = number;
    return number;
  }

  #mark(from: number): number {
    if (this.#ticks >= 0 && this.#ticks < from) {
      this.#ticks = this.#text.indexOf("```", from);
    }
    if (this.#tildes >= 0 && this.#tildes < from) {
      this.#tildes = this.#text.indexOf("~~~", from);
    }
    if (this.#ticks < 0 || this.#tildes < 0) {
      return Math.max(this.#ticks, this.#tildes);
    }
    return Math.min(this.#ticks, this.#tildes);
  }
}
