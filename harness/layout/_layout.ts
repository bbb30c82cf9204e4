/** Lays out a YAML text: every change is one of white space between tokens. */

import type { OutlineNode } from "../_outline.ts";
import {
  columnOf,
  OpenStarts,
  type Start,
  startsIn,
  STEP,
} from "./_columns.ts";
import { readFlow } from "./_flow.ts";
import { type Token, tokensOf } from "./_tokens.ts";

/**
 * Lays out a text.
 *
 * @param text The text, with `\n` line ends.
 * @param root Its outline.
 * @param width How many characters may stand in a line.
 * @throws {Unsuited} If something in it cannot be laid out.
 */
export function layout(text: string, root: OutlineNode, width: number): string {
  return new Layout(text, root, width).write();
}

/** Before the first key. */
const NOWHERE: Start = { old: 0, now: -STEP, isItem: false };

class Layout {
  readonly #text: string;
  readonly #width: number;
  readonly #tokens: readonly Token[];
  readonly #starts: ReadonlyMap<number, Start>;
  readonly #open = new OpenStarts();
  /** The key or dash that what follows belongs to. */
  #owner = NOWHERE;
  readonly #pieces: string[] = [];
  /** How much stands in the last line. */
  #column = 0;
  /** The next token that is no comment. */
  #ahead = 0;

  constructor(text: string, root: OutlineNode, width: number) {
    this.#text = text;
    this.#width = width;
    this.#tokens = tokensOf(text, root);
    this.#starts = startsIn(text, root);
  }

  write(): string {
    let index = 0;
    for (;;) {
      const token = this.#tokens[index];
      if (token === undefined) break;
      const isFirst = this.#gap(index);
      if (token.kind === "open") index = this.#flow(index, isFirst);
      else {
        this.#put(this.#moved(token));
        index++;
      }
    }
    const end = this.#tokens.at(-1)?.end ?? 0;
    this.#put(this.#breaks(end, this.#text.length));
    return this.#pieces.join("");
  }

  #put(text: string): void {
    this.#pieces.push(text);
    const broken = text.lastIndexOf("\n");
    this.#column = text.length - broken - 1 +
      (broken === -1 ? this.#column : 0);
  }

  /** Writes what stands in front of a token, and says if it begins a line. */
  #gap(index: number): boolean {
    const token = this.#tokens[index];
    const before = this.#tokens[index - 1];
    if (token === undefined) return false;
    const breaks = this.#breaks(before?.end ?? 0, token.at);
    const isFirst = breaks !== "" || before === undefined;
    if (isFirst) {
      this.#put(breaks + " ".repeat(this.#lineStart(index)));
    } else {
      this.#put(this.#space(before, token));
    }
    const start = this.#starts.get(token.at);
    if (start !== undefined) {
      this.#owner = start;
      this.#open.enter(start);
    }
    return isFirst;
  }

  #breaks(from: number, to: number): string {
    return this.#text.slice(from, to).replaceAll(" ", "");
  }

  /** The column of a token that begins a line. */
  #lineStart(index: number): number {
    const token = this.#tokens[index];
    if (token?.kind !== "comment") return this.#startOf(token).now;
    this.#ahead = Math.max(this.#ahead, index);
    while (this.#tokens[this.#ahead]?.kind === "comment") this.#ahead++;
    const next = this.#tokens[this.#ahead];
    const old = columnOf(this.#text, token.at);
    return this.#open.commentColumn(old, next && this.#startOf(next));
  }

  /** What is no key and no dash stands behind the one it belongs to. */
  #startOf(token: Token | undefined): Pick<Start, "old" | "now"> {
    const at = token?.at ?? 0;
    return this.#starts.get(at) ??
      { old: columnOf(this.#text, at), now: this.#owner.now + STEP };
  }

  /** What stands between two tokens of one line. */
  #space(before: Token, token: Token): string {
    const isColon = token.kind === "colon";
    if (isColon && before.kind === "scalar") return "";
    return token.kind === "comment" || isColon
      ? this.#text.slice(before.end, token.at)
      : " ";
  }

  #flow(index: number, isFirst: boolean): number {
    const { write, next } = readFlow(this.#text, this.#tokens, index);
    const { now, isItem } = this.#owner;
    const column = this.#column;
    const indent = isFirst ? column : now + (isItem ? STEP : 0);
    this.#put(write({ column, indent, width: this.#width }));
    return next;
  }

  /** A token as it is; text of several lines moves with what it belongs to. */
  #moved({ at, end }: Token): string {
    const text = this.#text.slice(at, end);
    const by = this.#owner.now - this.#owner.old;
    if (by === 0 || !text.includes("\n")) return text;
    return text.replace(
      /(?<=\n) +/g,
      (spaces) => " ".repeat(Math.max(0, spaces.length + by)),
    );
  }
}
