/**
 * How much one expression may cost: the four limits under `harness.spec_lang`.
 *
 * @module
 */

import { integer, type Shape } from "../_shape.ts";
import { shown } from "../_shown.ts";
import { CaseError } from "../case_error.ts";
import type { Json, JsonObject } from "../json.ts";

/** The limits of one expression, compiled and evaluated. */
export interface Budgets {
  /** How many visits to an expression one evaluation may make. */
  readonly maxSteps: number;
  /** How many lists and scalars one expression may consist of. */
  readonly maxNodes: number;
  /** How many bytes of UTF-8 the strings of one expression may have. */
  readonly maxLiteralBytes: number;
  /** How many milliseconds one evaluation may take; 0 sets no limit. */
  readonly timeoutMs: number;
}

/** What a budget error says was used up. */
export type BudgetName = "steps" | "nodes" | "literal_size" | "timeout";

/** One limit as documents spell it. */
export interface BudgetKey {
  /** The key below `harness.spec_lang`. */
  readonly key: string;
  /** The field of {@linkcode Budgets} it sets. */
  readonly field: keyof Budgets;
  /** The least value a document may give. */
  readonly minimum: number;
}

/** The limits of a document that sets none. */
export const DEFAULT_BUDGETS: Budgets = Object.freeze({
  maxSteps: 20_000,
  maxNodes: 20_000,
  maxLiteralBytes: 262_144,
  timeoutMs: 200,
});

/** The four keys, in the order documents are checked. */
export const BUDGET_KEYS: readonly BudgetKey[] = Object.freeze([
  { key: "max_steps", field: "maxSteps", minimum: 1 },
  { key: "max_nodes", field: "maxNodes", minimum: 1 },
  { key: "max_literal_bytes", field: "maxLiteralBytes", minimum: 1 },
  { key: "timeout_ms", field: "timeoutMs", minimum: 0 },
]);

/**
 * Reads the limits out of the `harness.spec_lang` mapping.
 *
 * Keys that are not limits are ignored: whoever knows all keys of the mapping
 * refuses the strange ones.
 *
 * Source: spec format, section 7, "Budgets".
 *
 * @param value The mapping under `harness.spec_lang`.
 * @returns The limits, with the default where a key is absent.
 * @throws {CaseError} `schema`, naming the key in full, if a limit is no integer
 * or is below its minimum.
 *
 * @example Raise one limit
 * ```ts
 * import { parseBudgets } from "./budgets.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseBudgets({ max_steps: 50 }), {
 *   maxSteps: 50,
 *   maxNodes: 20_000,
 *   maxLiteralBytes: 262_144,
 *   timeoutMs: 200,
 * });
 * ```
 */
export function parseBudgets(value: JsonObject): Budgets {
  const budgets: Record<keyof Budgets, number> = { ...DEFAULT_BUDGETS };
  for (const key of BUDGET_KEYS) {
    const given = Object.hasOwn(value, key.key) ? value[key.key] : undefined;
    if (given !== undefined) budgets[key.field] = parseLimit(key, given);
  }
  return budgets;
}

/**
 * What the value of a limit looks like.
 *
 * @param key The limit.
 * @returns Its shape.
 */
export function budgetShape({ minimum }: BudgetKey): Shape<number> {
  return integer({ least: minimum });
}

function parseLimit(key: BudgetKey, given: Json): number {
  if (budgetShape(key).fits(given)) return given;
  throw new CaseError(
    "schema",
    `harness.spec_lang.${key.key} must be an integer of at least ${key.minimum}, got ${
      shown(given)
    }`,
  );
}

/**
 * Makes the error of a limit that was passed.
 *
 * @param name What was used up.
 * @param detail The limit, or what ran into it; and what to do about it.
 * @returns The error, category `runtime`.
 *
 * @example Usage
 * ```ts
 * import { budgetExceeded } from "./budgets.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const error = budgetExceeded("steps", {
 *   limit: "more than 50 steps",
 *   remedy: "raise harness.spec_lang.max_steps",
 * });
 * assertEquals(error.category, "runtime");
 * assertEquals(
 *   error.message,
 *   "spec_lang budget exceeded: steps (more than 50 steps); raise harness.spec_lang.max_steps",
 * );
 * ```
 */
export function budgetExceeded(
  name: BudgetName,
  { limit, remedy }: { readonly limit: string; readonly remedy: string },
): CaseError {
  return new CaseError(
    "runtime",
    `spec_lang budget exceeded: ${name} (${limit}); ${remedy}`,
  );
}
