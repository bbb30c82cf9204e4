/** The lines of a document that blocks stand in, replaced one after the other. */

import type { CaseBlock } from "../case.ts";
import { Unsuited } from "./_tokens.ts";

/** The lines of one block. */
export interface Body {
  /** Puts other lines into their place. */
  replace(text: string): void;
}

/** A text whose blocks are replaced, the first one first. */
export class BodyLines {
  readonly #text: string;
  readonly #pieces: string[] = [];
  /** How much of the text is in the pieces. */
  #done = 0;
  /** A position, and the number of the line that begins there. */
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
    if (text.startsWith("\ufeff")) this.#at = 1;
  }

  /**
   * Finds the lines of a block. Blocks are asked for in their order.
   *
   * @param block The block.
   * @throws {Unsuited} If they are not all indented as the fence is, or end in
   * different ways.
   */
  bodyOf(block: CaseBlock): Body {
    this.#goTo(block.bodyLine);
    const start = this.#at;
    this.#goTo(block.bodyLine + block.text.split("\n").length - 1);
    const rest = block.text.endsWith("\n") || block.text === ""
      ? this.#at
      : this.#text.length;
    const body = this.#text.slice(start, rest);
    const [lineEnd = "\n", other] = new Set(body.match(/\r\n?|\n/g) ?? []);
    if (other !== undefined) {
      throw new Unsuited("lines that end in different ways", 0);
    }
    const margin = " ".repeat(block.indent);
    refuseOutdented(body, margin);
    return {
      replace: (text) => {
        this.#pieces.push(this.#text.slice(this.#done, start));
        this.#pieces.push(
          text.replace(/^(?=.)/gm, margin).replaceAll("\n", lineEnd),
        );
        this.#done = rest;
      },
    };
  }

  /** The whole text. */
  end(): string {
    return this.#pieces.join("") + this.#text.slice(this.#done);
  }

  #goTo(line: number): void {
    const lineEnd = /\r\n?|\n/g;
    while (this.#line < line) {
      lineEnd.lastIndex = this.#at;
      if (!lineEnd.test(this.#text)) return;
      this.#at = lineEnd.lastIndex;
      this.#line++;
    }
  }
}

function refuseOutdented(body: string, margin: string): void {
  const lines = body.split(/\r\n?|\n/);
  const odd = lines.findIndex((line) =>
    !line.startsWith(margin) && line.trim() !== ""
  );
  if (odd === -1) return;
  const offset = lines.slice(0, odd)
    .reduce(
      (sum, line) => sum + Math.max(0, line.length - margin.length) + 1,
      0,
    );
  throw new Unsuited("a line that begins in front of its fence", offset);
}
