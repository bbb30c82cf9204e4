/** The tokens of a YAML text: what a layout moves, and never changes. */

import type { OutlineNode } from "../_outline.ts";

/** What a token is. */
export type TokenKind =
  | "scalar"
  | "alias"
  | "property"
  | "comment"
  | "open"
  | "close"
  | "comma"
  | "colon"
  | "dash";

/** A token. Between tokens stands nothing but spaces and line breaks. */
export interface Token {
  readonly kind: TokenKind;
  /** Where it begins. */
  readonly at: number;
  /** Where it ends. */
  readonly end: number;
}

/** A text that is not laid out. */
export class Unsuited extends Error {
  /** Where, in UTF-16 code units from 0. */
  readonly offset: number;

  /**
   * Makes an error.
   *
   * @param reason What stands there.
   * @param offset Where.
   */
  constructor(reason: string, offset: number) {
    super(reason);
    this.name = "Unsuited";
    this.offset = offset;
  }
}

const SIGNS: ReadonlyMap<string, TokenKind> = new Map([
  ["[", "open"],
  ["{", "open"],
  ["]", "close"],
  ["}", "close"],
  [",", "comma"],
  [":", "colon"],
]);

// From the position on.
const SPACES = /[ \n]+/y;
const COMMENT = /#[^\n]*/y;
const PROPERTY = /[&!][^\s,[\]{}]*/y;
const DASH = /-(?=[ \n]|$)/y;

const OTHERS: Readonly<Record<string, string>> = {
  "\t": "a tab between words",
  "?": 'a key that begins with "?"',
  "-": "a mark between documents",
  ".": "a mark between documents",
  "%": "a directive",
};

/**
 * Splits a text into tokens.
 *
 * @param text The text, with `\n` line ends.
 * @param root Its outline.
 * @throws {Unsuited} At the first thing that a layout does not know.
 */
export function tokensOf(text: string, root: OutlineNode): Token[] {
  const tokens: Token[] = [];
  const leaves = leavesOf(root);
  let next = leaves.next();
  let at = 0;
  const take = (pattern: RegExp): number => {
    pattern.lastIndex = at;
    return pattern.test(text) ? pattern.lastIndex : at;
  };
  const push = (kind: TokenKind, end: number) => {
    if (end === at) return false;
    tokens.push({ kind, at, end });
    at = end;
    return true;
  };
  while ((at = take(SPACES)) < text.length) {
    if (!next.done && next.value.at === at) {
      const { kind, end } = next.value;
      push(kind === "alias" ? "alias" : "scalar", end);
      next = leaves.next();
      continue;
    }
    const sign = SIGNS.get(text.charAt(at));
    refuseRare(tokens.at(-1)?.kind, sign, at);
    const isKnown = sign !== undefined && push(sign, at + 1) ||
      push("comment", take(COMMENT)) || push("property", take(PROPERTY)) ||
      push("dash", take(DASH));
    if (!isKnown) {
      throw new Unsuited(OTHERS[text.charAt(at)] ?? "something rare", at);
    }
  }
  return tokens;
}

// A space more or less could be one of the tag's, or make another value.
function refuseRare(
  before: TokenKind | undefined,
  sign: TokenKind | undefined,
  at: number,
): void {
  if (sign === "colon" && before === "close") {
    throw new Unsuited("a list or mapping as a key", at);
  }
  if (sign !== undefined && sign !== "open" && before === "property") {
    throw new Unsuited("a tag or an anchor of nothing", at);
  }
}

/** The scalars and aliases that are written, in the order of the text. */
function* leavesOf(node: OutlineNode): Generator<OutlineNode, void, void> {
  if (node.end > node.at) yield node;
  for (const child of node.children) {
    if (child.key !== undefined) yield* leavesOf(child.key);
    yield* leavesOf(child.node);
  }
}
