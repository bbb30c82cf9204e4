/** From an offset in a block to a place in its document. */

import type { CaseBlock } from "./case.ts";
import type { Location } from "./case_error.ts";

/** The places of one block. */
export class Places {
  readonly #block: Pick<CaseBlock, "path" | "bodyLine" | "indent" | "text">;
  #lineStarts: number[] | undefined;

  /**
   * Starts a block.
   *
   * @param block The block, its text with `\n` line ends.
   */
  constructor(block: Pick<CaseBlock, "path" | "bodyLine" | "indent" | "text">) {
    this.#block = block;
  }

  /**
   * The place of an offset.
   *
   * @param offset In UTF-16 code units of the block's text.
   */
  at(offset: number): Location {
    const starts = this.#starts();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const { path, bodyLine, indent } = this.#block;
    const column = offset - (starts[low] ?? 0) + indent + 1;
    return { path, line: bodyLine + low, column };
  }

  /** Where the first line begins that is no comment, marker or blank. */
  content(): number {
    const { text } = this.#block;
    let start = 0;
    while (start < text.length) {
      const end = endOfLine(text, start);
      const line = text.slice(start, end);
      if (!/^\s*(?:#|$)|^(?:%|---(?:\s+#|\s*$))/.test(line)) {
        return start + (line.length - line.trimStart().length);
      }
      start = end + 1;
    }
    return 0;
  }

  /**
   * Where the items of a list in block style begin.
   *
   * @param count How many there are.
   * @returns Their dashes, or nothing if they are not all found so easily.
   */
  dashes(count: number): readonly number[] | undefined {
    const { text } = this.#block;
    const first = this.content();
    if (text[first] !== "-") return undefined;
    const column = first - (text.lastIndexOf("\n", first) + 1);
    const found: number[] = [];
    let start = first - column;
    while (start < text.length && found.length <= count) {
      const at = start + column;
      const end = endOfLine(text, start);
      if (at < end && isDash(text, start, at)) found.push(at);
      start = end + 1;
    }
    return found.length === count ? found : undefined;
  }

  #starts(): number[] {
    if (this.#lineStarts === undefined) {
      const { text } = this.#block;
      this.#lineStarts = [0];
      let at = text.indexOf("\n");
      while (at >= 0) {
        this.#lineStarts.push(at + 1);
        at = text.indexOf("\n", at + 1);
      }
    }
    return this.#lineStarts;
  }
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf("\n", start);
  return end < 0 ? text.length : end;
}

function isDash(text: string, start: number, at: number): boolean {
  if (text[at] !== "-" || !/^\s?$/.test(text[at + 1] ?? "")) return false;
  for (let i = start; i < at; i++) if (text[i] !== " ") return false;
  return true;
}
