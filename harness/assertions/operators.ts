/**
 * The operators of a leaf, as shorthand for expressions.
 *
 * There is one way to evaluate: each operator is a rule that turns a value
 * into an expression, and only expressions run.
 *
 * @module
 */

import { oneOf, type Shape, shape } from "../_shape.ts";
import { isJsonList, isJsonObject, type Json } from "../json.ts";
import type { OperatorName } from "../types/harness_type.ts";
import { quoted } from "../../text/printable.ts";

/** How one operator is written and what it stands for. */
export interface Operator {
  /** The key in a leaf. */
  readonly name: OperatorName;
  /** What a value looks like, besides being an expression. */
  readonly takes: Shape;
  /**
   * Finds fault with a value.
   *
   * @param value One item of the operator's list.
   * @returns What is wrong with it, or nothing.
   */
  refuse(value: Json): string | undefined;
  /**
   * Says what the operator stands for.
   *
   * @param value One item of the operator's list, not refused.
   * @returns An expression over the target.
   */
  expression(value: Json): Json;
}

const SUBJECT: Json = ["subject"];

const NOT_NULL = shape({ not: { type: "null" } }, (value) => value !== null);
const LIST = shape({ type: "array" }, isJsonList);
const KIND = oneOf(["dict", "list"]);
const PRESENT = oneOf([true, null]);

// The slip of nearly everybody who writes the first one.
const MORE_BRACKETS =
  "; evaluate lists expressions, so one alone stands in two pairs of brackets";

const TABLE: readonly Operator[] = [
  {
    name: "contain",
    takes: NOT_NULL,
    refuse: refuseNoText,
    expression: (value) => ["contains", SUBJECT, value],
  },
  {
    name: "regex",
    takes: NOT_NULL,
    refuse: refuseNoText,
    expression: (value) => ["regex_match", SUBJECT, value],
  },
  {
    name: "json_type",
    takes: KIND,
    refuse: (value) =>
      KIND.fits(value)
        ? undefined
        : `unsupported json_type ${brief(value)}, wanted "dict" or "list"`,
    expression: (value) => ["json_type", ["json_parse", SUBJECT], value],
  },
  {
    name: "exists",
    takes: PRESENT,
    refuse: (value) =>
      PRESENT.fits(value)
        ? undefined
        : `exists takes true or null, got ${
          brief(value)
        }; to want a path absent, put the leaf under "cannot"`,
    expression: () => ["path_exists", SUBJECT],
  },
  {
    name: "evaluate",
    takes: LIST,
    refuse: (value) =>
      LIST.fits(value)
        ? undefined
        : `evaluate takes a list-based s-expr such as ["eq", ["subject"], "x"], got ${
          brief(value)
        }${isJsonObject(value) ? "" : MORE_BRACKETS}`,
    expression: (value) => value,
  },
];

/**
 * The operators by name.
 *
 * Source: spec format, section 6.
 *
 * @example What `contain` stands for
 * ```ts
 * import { OPERATORS } from "./operators.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(OPERATORS.get("contain")?.expression("ready"), [
 *   "contains",
 *   ["subject"],
 *   "ready",
 * ]);
 * assertEquals(
 *   OPERATORS.get("json_type")?.refuse("string"),
 *   'unsupported json_type "string", wanted "dict" or "list"',
 * );
 * ```
 */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  TABLE.map((operator) => [operator.name, operator]),
);

// YAML reads an empty item as null; as text it would be searched for as "null".
// A list is an expression, which nobody means who writes [1, 2].
function refuseNoText(value: Json): string | undefined {
  if (!NOT_NULL.fits(value)) {
    return 'takes text, got null; to search for the word, write "null" in quotes';
  }
  return isJsonList(value) && typeof value[0] !== "string"
    ? "takes text, got a list; to search for what it looks like, write it in quotes"
    : undefined;
}

function brief(value: Json): string {
  if (typeof value === "string") return quoted(value.slice(0, 60));
  if (isJsonList(value)) return "a list";
  return typeof value === "object" && value !== null
    ? "a mapping"
    : String(value);
}
