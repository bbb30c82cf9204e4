/**
 * Why an expression came to something false: what its parts came to.
 *
 * @module
 */

import { isJsonList, type Json } from "../json.ts";
import { isTrue } from "../spec_lang/truth.ts";
import { briefJson, jsonDifference } from "./json_difference.ts";

/**
 * Evaluates a part of an expression once more, against the same subject.
 *
 * @param expression The part.
 * @returns Its value, or nothing if it cannot stand alone or fails.
 */
export type Reevaluate = (expression: Json) => Json | undefined;

// Forms whose arguments are no expressions, or not to be evaluated all.
const OPAQUE: ReadonlySet<Json> = new Set(["let", "fn", "call", "if", "var"]);

/**
 * Explains an expression whose value counts as false.
 *
 * `and` is followed into its first false argument; of other operators each
 * argument that is not a literal is shown with its value, and for `eq` where
 * the two sides first differ.
 *
 * @param expression The expression.
 * @param reevaluate Evaluates a part of it.
 * @returns Lines of text, the first one fit to stand alone.
 *
 * @example A difference inside JSON
 * ```ts
 * import { explainExpression } from "./explain_expression.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const expression = ["eq", ["json_parse", ["subject"]], ["subject"]];
 * const value = (part: unknown) => part === expression[1] ? [1] : "[1]";
 * assertEquals(explainExpression(expression, value), [
 *   'wanted ["eq",["json_parse",["subject"]],["subject"]] to be true',
 *   '["json_parse",["subject"]] is [1]',
 *   "the sides first differ at $: [1] and \"[1]\"",
 * ]);
 * ```
 */
export function explainExpression(
  expression: Json,
  reevaluate: Reevaluate,
): string[] {
  const part = culprit(expression, reevaluate);
  const lines = [`wanted ${briefJson(expression)} to be true`];
  if (part !== expression) lines.push(`false is ${briefJson(part)}`);
  if (!isJsonList(part)) return lines;
  const [operator, ...operands] = part;
  if (operator === undefined || OPAQUE.has(operator)) return lines;
  return [
    ...lines,
    ...values(operands, reevaluate),
    ...(operator === "eq" ? sides(operands, reevaluate) : []),
  ];
}

function culprit(expression: Json, reevaluate: Reevaluate): Json {
  let part = expression;
  while (isJsonList(part) && part[0] === "and") {
    const next: Json | undefined = part.slice(1).find((operand) => {
      const value = reevaluate(operand);
      return value !== undefined && !isTrue(value);
    });
    if (next === undefined) return part;
    part = next;
  }
  return part;
}

function values(operands: readonly Json[], reevaluate: Reevaluate): string[] {
  return operands.flatMap((operand) => {
    if (!isJsonList(operand) || operand[0] === "subject") return [];
    const value = reevaluate(operand);
    if (value === undefined) return [];
    return [`${briefJson(operand)} is ${briefJson(value)}`];
  });
}

function sides(operands: readonly Json[], reevaluate: Reevaluate): string[] {
  const [left, right] = operands.map((operand) => reevaluate(operand));
  if (left === undefined || right === undefined) return [];
  const found = jsonDifference(left, right);
  if (found === undefined) return [];
  const { path } = found;
  return [
    `the sides first differ at ${path}: ${briefJson(found.left)} and ${
      briefJson(found.right)
    }`,
  ];
}
