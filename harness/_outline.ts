/** Where the parts of a parsed text stand: a tree beside the tree of values. */

import { parse } from "@std/yaml/parse";
import type { KeyPath } from "./case.ts";
import { isJsonList, isJsonObject, type Json } from "./json.ts";

/** How a node is written. */
export type OutlineKind =
  | "plain"
  | "quoted"
  | "block"
  | "alias"
  | "empty"
  | "mapping"
  | "sequence";

/** A written value. Offsets count UTF-16 code units of the text, from 0. */
export interface OutlineNode {
  readonly kind: OutlineKind;
  /** Where it begins, after its tag and anchor. */
  readonly at: number;
  /** Where it ends, after its last character; nothing for collections. */
  readonly end: number;
  /** Its tag as written; empty if there is none. */
  readonly tag: string;
  /** Items or pairs, in the order of the text. */
  readonly children: readonly OutlineChild[];
}

/** An item of a list or a pair of a mapping. */
export interface OutlineChild {
  /** Where it begins: at its dash or key. */
  readonly at: number;
  /** The key; nothing for an item. */
  readonly key: OutlineNode | undefined;
  /** The item, or the pair's value. */
  readonly node: OutlineNode;
}

/** What {@linkcode Outline.find} found. */
export interface Place {
  /** Where the last step that was found stands. */
  readonly at: number;
  /** How many steps were found. */
  readonly steps: number;
  /** What stands there, if every step was found. */
  readonly child: OutlineChild | undefined;
}

/** Finds parts of a value in the text it was read from. */
export class Outline {
  /** The whole. */
  readonly root: OutlineNode;
  readonly #text: string;
  readonly #pairs = new WeakMap<OutlineNode, Map<string, OutlineChild>>();

  /**
   * Makes an outline.
   *
   * @param text The text.
   * @param root What stands in it.
   */
  constructor(text: string, root: OutlineNode) {
    this.#text = text;
    this.root = root;
  }

  /**
   * Follows a path as far as text and value agree.
   *
   * A node whose keys or length differ from those of the value is not entered,
   * nor is an alias: better the place of an ancestor than a wrong one.
   *
   * @param path Keys and indexes from the whole downwards.
   * @param value The whole value.
   */
  find(path: KeyPath, value: Json): Place {
    let found: OutlineChild | undefined;
    let node = this.root;
    let current: Json | undefined = value;
    for (const [steps, step] of path.entries()) {
      const child = this.#child(node, step, current);
      if (child === undefined) {
        return { at: found?.at ?? node.at, steps, child: undefined };
      }
      found = child;
      node = child.node;
      current = inside(current, step);
    }
    return { at: found?.at ?? node.at, steps: path.length, child: found };
  }

  /**
   * The text of a node as written.
   *
   * @param node A node of this outline.
   */
  raw(node: OutlineNode): string {
    return this.#text.slice(node.at, node.end);
  }

  /**
   * The first node with a tag.
   *
   * @param isWanted Whether a tag, as written, is the one.
   * @returns Where it stands and the path to it.
   */
  findTag(
    isWanted: (tag: string) => boolean,
  ): { at: number; path: KeyPath } | undefined {
    const path: (string | number)[] = [];
    const search = (node: OutlineNode): number | undefined => {
      if (isWanted(node.tag)) return node.at;
      for (const [index, child] of node.children.entries()) {
        path.push(child.key === undefined ? index : this.#keyText(child.key));
        const at = search(child.node);
        if (at !== undefined) return at;
        path.pop();
      }
      return undefined;
    };
    const at = search(this.root);
    return at === undefined ? undefined : { at, path };
  }

  /**
   * The first key that stands twice in one mapping.
   *
   * @returns Where it stands for the second time, and the key.
   */
  findDuplicate(): { at: number; key: string } | undefined {
    const search = (
      { children }: OutlineNode,
    ): { at: number; key: string } | undefined => {
      const seen = new Set<string>();
      for (const child of children) {
        const inner = search(child.node);
        if (inner !== undefined) return inner;
        if (child.key === undefined) continue;
        const key = this.#keyText(child.key);
        if (seen.has(key)) return { at: child.at, key };
        seen.add(key);
      }
      return undefined;
    };
    return search(this.root);
  }

  #child(
    node: OutlineNode,
    step: string | number,
    value: Json | undefined,
  ): OutlineChild | undefined {
    if (typeof step === "number") {
      const agrees = node.kind === "sequence" && isJsonList(value) &&
        value.length === node.children.length;
      return agrees ? node.children[step] : undefined;
    }
    if (node.kind !== "mapping" || !isJsonObject(value)) return undefined;
    const pairs = this.#pairsOf(node);
    const agrees = pairs.has("<<") || pairs.size === Object.keys(value).length;
    return agrees && Object.hasOwn(value, step) ? pairs.get(step) : undefined;
  }

  #pairsOf(node: OutlineNode): Map<string, OutlineChild> {
    let pairs = this.#pairs.get(node);
    if (pairs === undefined) {
      pairs = new Map();
      for (const child of node.children) {
        if (child.key !== undefined) pairs.set(this.#keyText(child.key), child);
      }
      this.#pairs.set(node, pairs);
    }
    return pairs;
  }

  #keyText(key: OutlineNode): string {
    // The name that every mapping has as a key.
    if (key.kind === "mapping") return "[object Object]";
    const raw = this.raw(key);
    // Letters first, no colon or line break inside: what is written is meant.
    if (key.kind === "plain" && /^[a-z_][\w.-]*$/i.test(raw)) {
      if (!/^(?:true|false|null)$/i.test(raw)) return raw;
    }
    return String(scalarOf(raw, "core"));
  }
}

/**
 * Reads one scalar.
 *
 * @param raw The scalar as written, without tag and anchor.
 * @param schema `default` knows timestamps, `core` does not.
 * @returns Its value; the text itself if it cannot be read alone.
 */
export function scalarOf(raw: string, schema: "core" | "default"): unknown {
  try {
    return parse(raw, { schema });
  } catch (error) {
    if (error instanceof SyntaxError) return raw;
    throw error;
  }
}

function inside(value: Json | undefined, step: string | number) {
  if (isJsonList(value)) return value[Number(step)];
  return isJsonObject(value) ? value[step] : undefined;
}
