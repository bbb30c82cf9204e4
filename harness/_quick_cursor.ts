/**
 * A place in YAML of the common shape, and what leads from line to line.
 *
 * Whatever is not of that shape ends in {@linkcode UNUSUAL}, never in a guess.
 */

import type { CodedText } from "./_coded_text.ts";
import { code } from "./_yaml_characters.ts";

/** Thrown where the text is anything but common: nobody but its reader sees it. */
export const UNUSUAL: Error = new Error("not of the common shape");

/** A part of a text that ends with a line break. */
export interface QuickText extends CodedText {
  /** Where the part begins. */
  readonly start: number;
  /** Where it ends. */
  readonly end: number;
}

const RETURN = 0x0d;

// Far below what the library may be given.
const MAX_DEPTH = 50;
const MAX_VALUES = 100_000;

/** A reading position in YAML. */
export class QuickCursor {
  /** The text. */
  readonly text: string;
  /** Its codes; what is read ends with a line break among them. */
  readonly codes: Uint8Array;
  /** The position. */
  at = 0;
  /** Where the current line begins. */
  lineStart = 0;
  /** The column of the first content of the line; -1 behind the last line. */
  column = 0;
  readonly #end: number;
  #depth = 0;
  #values = 0;

  /**
   * Starts at the first line with content.
   *
   * @param text The part of a text that is read.
   */
  constructor({ text, codes, start, end }: QuickText) {
    this.text = text;
    this.codes = codes;
    this.#end = end;
    this.toContent(start);
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
    const { codes } = this;
    let { at } = this;
    while (codes[at] === code.space) at++;
    this.at = at;
  }

  /** Skips spaces and line breaks inside of brackets. */
  skipInFlow(): void {
    this.skipSpaces();
    while (this.codes[this.at] === code.lineFeed) {
      this.at++;
      const first = this.codes[this.at];
      // It could be the mark that ends a document; or the text has ended.
      const isMark = first === code.minus || first === code.dot;
      if (isMark || this.at >= this.#end) throw UNUSUAL;
      this.skipSpaces();
    }
  }

  /** Whether nothing but a comment is left of the line; goes to its end. */
  atLineEnd(): boolean {
    const { codes } = this;
    this.skipSpaces();
    if (codes[this.at] === code.lineFeed) return true;
    const isComment = codes[this.at] === code.sharp &&
      codes[this.at - 1] === code.space;
    if (isComment) this.at = this.#commentEnd(this.at);
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
    const { codes } = this;
    let at = start;
    while (at < this.#end) {
      const lineStart = at;
      while (codes[at] === code.space) at++;
      if (codes[at] === code.sharp) at = this.#commentEnd(at);
      else if (codes[at] !== code.lineFeed) {
        this.lineStart = lineStart;
        this.column = at - lineStart;
        this.at = at;
        return;
      }
      at++;
    }
    this.at = at;
    this.column = -1;
  }

  /** Whether a position is behind the text. */
  isBehind(at: number): boolean {
    return at >= this.#end;
  }

  // The library ends its text at a NUL, and its comments at a `\r`.
  #commentEnd(start: number): number {
    const { codes } = this;
    let at = start;
    for (; codes[at] !== code.lineFeed; at++) {
      if ((codes[at] ?? 0) < code.tab || codes[at] === RETURN) throw UNUSUAL;
    }
    return at;
  }

  /** Whether a dash that begins an item stands here. */
  atDash(): boolean {
    const { codes, at } = this;
    return codes[at] === code.minus && codes[at + 1] === code.space;
  }
}
