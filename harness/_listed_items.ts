/** What a document holds, with no end of problems listed. */

import type { CaseBlock, Problem, SourceCase } from "./case.ts";
import { usableId } from "./validate.ts";

/** How many problems of a document are listed, each for itself. */
export const MAX_PROBLEMS = 1000;
/** How many problems there may be before the next block is not read any more. */
export const MAX_READ = 5000;
/** How many blocks, problems and cases of a document there may be. */
export const MAX_ITEMS = 100_000;

const TOO_MANY =
  `too large: more than ${MAX_ITEMS} cases in one document; divide it: what begins here is not read`;

type Item = SourceCase | Problem;

/**
 * Cases and problems of one document, in its order.
 *
 * Of very many problems the first are listed, and the one after them tells how
 * many more there are. A case that has no id of its own is one of them, be it
 * that another one has it. All other cases are listed, up to a number that no
 * author reaches.
 */
export class ListedItems {
  readonly #items: Item[] = [];
  readonly #ids = new Set<string>();
  #taken = 0;
  #problems = 0;
  #unread = 0;
  #last: { readonly index: number; readonly item: Item } | undefined;

  /**
   * Takes a part of the document: a problem, or a block with what is in it.
   *
   * @param part The part.
   * @param read Reads what is in a block.
   * @returns Whether there is room for another.
   */
  take(
    part: CaseBlock | Problem,
    read: (block: CaseBlock) => readonly Item[],
  ): boolean {
    if (part.kind === "problem") return this.#add(part);
    if (this.#problems < MAX_READ) {
      return read(part).every((item) => this.#add(item));
    }
    this.#problems++;
    this.#unread++;
    return ++this.#taken <= MAX_ITEMS;
  }

  #add(item: Item): boolean {
    if (++this.#taken > MAX_ITEMS) {
      const { location } = item;
      this.#items.push({ kind: "problem", location, message: TOO_MANY });
      return false;
    }
    if (this.#isProblem(item) && ++this.#problems > MAX_PROBLEMS) {
      if (this.#problems > MAX_PROBLEMS + 1) return true;
      this.#last = { index: this.#items.length, item };
    }
    this.#items.push(item);
    return true;
  }

  #isProblem(item: Item): boolean {
    const id = item.kind === "case" ? usableId(item.value) : undefined;
    const before = this.#ids.size;
    return id === undefined || this.#ids.add(id).size === before;
  }

  /**
   * Tells what there is.
   *
   * @returns The cases, the problems that are listed, and how many are not.
   */
  list(): readonly Item[] {
    const left = this.#problems - MAX_PROBLEMS;
    if (this.#last === undefined || left <= 1) return this.#items;
    const { index, item } = this.#last;
    const unread = this.#unread === 0
      ? ""
      : `, ${this.#unread} of them blocks that were not read any more`;
    const what =
      `${MAX_PROBLEMS} problems of this document are listed, ${left} are not${unread}`;
    const { location } = item;
    const message = `${what}; the first of those: ${saidOf(item)}`;
    this.#items[index] = { kind: "problem", location, message };
    return this.#items;
  }
}

function saidOf(item: Item): string {
  return item.kind === "problem"
    ? item.message
    : "the case has no id of its own";
}
