/**
 * A place in YAML of the common shape, and what leads from line to line.
 *
 * Whatever is not of that shape ends in {@linkcode UNUSUAL}, never in a guess.
 */

import { code } from "./_yaml_characters.ts";

/** Thrown where the text is anything but common: nobody but its reader sees it. */
export const UNUSUAL: Error = new Error("not of the common shape");

// Far below what the library may be given.
const MAX_DEPTH = 50;
const MAX_VALUES = 100_000;

/** A reading position in text that ends with a line break. */
export class QuickCursor {
  /** The text, with a NUL behind it. */
  readonly text: string;
  /** The position, from 0. */
  at = 0;
  /** Where the current line begins. */
  lineStart = 0;
  /** The column of the first content of the line; -1 behind the last line. */
  column = 0;
  #depth = 0;
  #values = 0;

  /**
   * Starts at the first line with content.
   *
   * @param text The text; no tabs and no control characters but `\n`.
   */
  constructor(text: string) {
    // The end mark saves every look at a character a check of bounds.
    this.text = `${text}\0`;
    this.toContent(0);
  }

  /** Counts a value. */
  count(): void {
    if (++this.#values > MAX_VALUES) throw UNUSUAL;
  }

  /** Goes into a collection. */
  enter(): void {
    this.count();
    if (++this.#depth > MAX_DEPTH) throw UNUSUAL;
  }

  /** Leaves a collection. */
  leave(): void {
    this.#depth--;
  }

  /** Skips spaces. */
  skipSpaces(): void {
    const { text } = this;
    while (text.charCodeAt(this.at) === code.space) this.at++;
  }

  /** Whether nothing but a comment is left of the line; goes to its end. */
  atLineEnd(): boolean {
    const { text } = this;
    this.skipSpaces();
    const character = text.charCodeAt(this.at);
    if (character === code.lineFeed) return true;
    const isComment = character === code.sharp &&
      text.charCodeAt(this.at - 1) === code.space;
    if (isComment) this.at = text.indexOf("\n", this.at);
    return isComment;
  }

  /** Ends a value: nothing else may stand on its line. */
  endLine(): void {
    if (!this.atLineEnd()) throw UNUSUAL;
    this.toContent(this.at + 1);
  }

  /**
   * Moves to the next content, past empty lines and comments.
   *
   * @param start Where a line begins.
   */
  toContent(start: number): void {
    const { text } = this;
    let at = start;
    for (;;) {
      const lineStart = at;
      while (text.charCodeAt(at) === code.space) at++;
      const character = text.charCodeAt(at);
      if (character === code.sharp) at = text.indexOf("\n", at);
      else if (character !== code.lineFeed) {
        this.lineStart = lineStart;
        this.column = character === 0 ? -1 : at - lineStart;
        this.at = at;
        return;
      }
      at++;
    }
  }

  /** Whether a dash that begins an item stands here. */
  atDash(): boolean {
    const { text, at } = this;
    return text.charCodeAt(at) === code.minus &&
      text.charCodeAt(at + 1) === code.space;
  }
}
