/** Where the keys and dashes of a block begin, and where they shall. */

import type { OutlineNode } from "../_outline.ts";

/** A key, or the dash of an item, in block style. */
export interface Start {
  /** The column it stands in. */
  readonly old: number;
  /** The column it shall stand in. */
  readonly now: number;
  /** Whether it is a dash. */
  readonly isItem: boolean;
}

/** How far everything stands behind what it belongs to. */
export const STEP = 2;

/**
 * Finds where keys and dashes shall begin.
 *
 * @param text The text.
 * @param root Its outline.
 * @returns The starts, by where they stand in the text.
 */
export function startsIn(
  text: string,
  root: OutlineNode,
): ReadonlyMap<number, Start> {
  const starts = new Map<number, Start>();
  const visit = (node: OutlineNode, now: number) => {
    if (isFlow(text, node)) return;
    for (const child of node.children) {
      const isItem = child.key === undefined;
      starts.set(child.at, { old: columnOf(text, child.at), now, isItem });
      visit(child.node, now + STEP);
    }
  };
  visit(root, 0);
  return starts;
}

/**
 * The column of an offset, from 0.
 *
 * @param text The text.
 * @param at The offset.
 */
export function columnOf(text: string, at: number): number {
  return at === 0 ? 0 : at - (text.lastIndexOf("\n", at - 1) + 1);
}

function isFlow(text: string, { at }: OutlineNode): boolean {
  return text[at] === "[" || text[at] === "{";
}

/** The collections around a position, the outermost first. */
export class OpenStarts {
  readonly #open: Start[] = [];

  /** Goes on to a key or dash. */
  enter(start: Start): void {
    while ((this.#open.at(-1)?.now ?? -1) >= start.now) this.#open.pop();
    this.#open.push(start);
  }

  /**
   * The column of a comment that has a line to itself: it goes with what it was
   * aligned with, or else with the closest thing to its left.
   *
   * @param old The column it stands in.
   * @param next What stands on the next line that is no comment.
   */
  commentColumn(
    old: number,
    next: Pick<Start, "old" | "now"> | undefined,
  ): number {
    const around = next === undefined ? this.#open : [...this.#open, next];
    const left = around.filter((one) => one.old <= old);
    const best = left.length === 0
      ? around[0]
      : left.reduce((a, b) => b.old >= a.old ? b : a);
    return best?.now ?? 0;
  }
}
