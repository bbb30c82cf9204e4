/**
 * The size of an expression, checked before anything else looks at it.
 *
 * @module
 */

import { isJsonList, type Json } from "../json.ts";
import { budgetExceeded, type Budgets, DEFAULT_BUDGETS } from "./budgets.ts";

/** The size of an expression. */
export interface Size {
  /** How many lists and scalars it has. */
  readonly nodes: number;
  /** How many bytes of UTF-8 its strings have. */
  readonly literalBytes: number;
}

/**
 * Measures an expression, stopping as soon as it is too large.
 *
 * Every list and every scalar is a node, heads and names among them. A mapping is
 * no expression and counts as one node; the compiler refuses it.
 *
 * Source: spec format, section 7, "Budgets".
 *
 * @param source The expression.
 * @param budgets The limits on nodes and on literal bytes. Default: those that
 * no document can set.
 * @returns The size.
 * @throws {CaseError} `runtime` if a limit is passed.
 *
 * @example Usage
 * ```ts
 * import { measure } from "./measure.ts";
 * import { DEFAULT_BUDGETS } from "./budgets.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(measure(["eq", ["subject"], "ä"], DEFAULT_BUDGETS), {
 *   nodes: 5,
 *   literalBytes: 11,
 * });
 * ```
 */
export function measure(source: Json, budgets?: Budgets): Size {
  const { maxNodes, maxLiteralBytes } = budgets ?? DEFAULT_BUDGETS;
  const remedy = (key: string) =>
    budgets === undefined
      ? "no key raises this for a library: divide it into more functions"
      : `raise harness.spec_lang.${key}`;
  const waiting: Json[] = [source];
  let nodes = 0;
  let literalBytes = 0;
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (++nodes > maxNodes) {
      throw budgetExceeded("nodes", {
        limit: `more than ${maxNodes} nodes`,
        remedy: remedy("max_nodes"),
      });
    }
    if (typeof node === "string") literalBytes += utf8Length(node);
    if (literalBytes > maxLiteralBytes) {
      throw budgetExceeded("literal_size", {
        limit: `more than ${maxLiteralBytes} bytes of strings`,
        remedy: remedy("max_literal_bytes"),
      });
    }
    if (isJsonList(node)) pushAll(waiting, node);
  }
  return { nodes, literalBytes };
}

function pushAll(waiting: Json[], items: readonly Json[]): void {
  for (const item of items) waiting.push(item);
}

/** Bytes of UTF-8; a lone surrogate counts as the three bytes it would take. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
