/** What is noted while the outline of a YAML text is drawn. */

import type { OutlineChild, OutlineKind, OutlineNode } from "./_outline.ts";
import type { YamlCursor } from "./_yaml_cursor.ts";

/** What to stop at. */
export interface OutlineLimits {
  /** How many values there may be; an alias counts as one. */
  readonly nodes: number;
  /** How many collections may stand inside each other. */
  readonly depth: number;
}

/** An alias and what it stands for. */
export interface YamlAlias {
  readonly at: number;
  readonly end: number;
  readonly target: OutlineNode;
}

/** Where a node may stand; `out` is the outside of a collection. */
export type Context = "block-in" | "block-out" | "flow-in" | "flow-out";

/** What the readers of collections read their parts with. */
export interface NodeReader {
  readonly cursor: YamlCursor;
  readonly notes: OutlineNotes;

  /**
   * Reads a value.
   *
   * @param parentIndent The column of the collection it belongs to.
   * @param context Where it stands.
   * @param options Whether it may begin on a later line, and whether a block
   * collection may begin on this one.
   */
  node(
    parentIndent: number,
    context: Context,
    options: { readonly seek?: boolean; readonly compact?: boolean },
  ): OutlineNode | undefined;
}

/** The text cannot be followed from here on. */
export class Stop extends Error {
  /** Where what could not be followed begins. */
  readonly at: number;

  /**
   * Stops.
   *
   * @param at Where what could not be followed begins.
   */
  constructor(at: number) {
    super("cannot follow the text");
    this.at = at;
  }
}

/** Counts, and what later steps have to know. */
export class OutlineNotes {
  /** Every alias, and what it stands for. */
  readonly aliases: YamlAlias[] = [];
  /** Behind every dash that ends an indented list without an item. */
  readonly bareDashes: number[] = [];
  /** Where the first key stands that is a list or a mapping. */
  collectionKey: number | undefined;
  /** Where the first key or dash stands that is indented by a tab. */
  tabbed: number | undefined;
  /** The limit that was passed, and where. */
  passed: { limit: keyof OutlineLimits; at: number } | undefined;
  readonly #collectionAliases = new Set<number>();
  readonly #limits: OutlineLimits;
  #nodes = 1;
  #depth = 0;

  /**
   * Starts.
   *
   * @param limits What to stop at.
   */
  constructor(limits: OutlineLimits) {
    this.#limits = limits;
  }

  /** Goes into a collection. */
  enter(at: number): void {
    if (++this.#depth > this.#limits.depth) this.#pass("depth", at);
  }

  /** Leaves a collection. */
  leave(): void {
    this.#depth--;
  }

  /** Adds an item or a pair. */
  add(children: OutlineChild[], child: OutlineChild): void {
    const { key } = child;
    if (
      key !== undefined &&
      (isCollection(key) || this.#collectionAliases.has(key.at))
    ) {
      this.collectionKey ??= child.at;
    }
    if (++this.#nodes > this.#limits.nodes) this.#pass("nodes", child.at);
    children.push(child);
  }

  /** Notes an alias. */
  alias(alias: YamlAlias): void {
    this.aliases.push(alias);
    if (isCollection(alias.target)) this.#collectionAliases.add(alias.at);
  }

  /** Notes a key or dash behind a tab. */
  tab(cursor: YamlCursor, at: number): void {
    if (/^ *\t/.test(cursor.lineUpTo(at))) this.tabbed ??= at;
  }

  #pass(limit: keyof OutlineLimits, at: number): never {
    this.passed = { limit, at };
    throw new Stop(at);
  }
}

/**
 * A node without children.
 *
 * @param kind How it is written.
 * @param at Where it begins.
 * @param end Where it ends.
 */
export function leaf(
  kind: OutlineKind,
  at: number,
  end: number = at,
): OutlineNode {
  return { kind, at, end, tag: "", children: [] };
}

function isCollection(node: OutlineNode): boolean {
  return node.kind === "mapping" || node.kind === "sequence";
}
