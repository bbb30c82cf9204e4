/**
 * The leaves of an `assert` tree: operators, their values, their expressions.
 *
 * @module
 */

import { CaseError } from "../case_error.ts";
import { isJsonList, type Json, type JsonObject } from "../json.ts";
import { ExpressionError } from "../spec_lang/compiler.ts";
import { quoted } from "../../text/printable.ts";
import { hint, kindOf, type Spot } from "./_spot.ts";
import type { Check, Leaf } from "./assertion.ts";
import { meaningOf } from "./_meaning.ts";
import { type Operator, OPERATORS } from "./operators.ts";

const OPERATOR_NAMES: readonly string[] = [...OPERATORS.keys()];
const LEAF_OR_GROUP: readonly string[] = [
  ...OPERATOR_NAMES,
  "must",
  "can",
  "cannot",
];

/**
 * Checks a leaf and compiles its operators.
 *
 * @param node The leaf as written, known to be no group.
 * @param spot Where it stands, and the target it inherits.
 * @returns The leaf, ready to be evaluated.
 * @throws {CaseError} `schema` for the first fault, with its place; `runtime`
 * if an expression is larger than its budget.
 *
 * @example A leaf with two checks
 * ```ts
 * import { compileLeaf } from "./leaf.ts";
 * import { Spot } from "./_spot.ts";
 * import { DEFAULT_BUDGETS } from "../spec_lang/budgets.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const spot = new Spot(["assert"], {
 *   caseId: "A-1",
 *   targets: { text: ["contain"] },
 *   budgets: DEFAULT_BUDGETS,
 *   source: { locate: () => ({ path: "a.spec.md", line: 1, column: 1 }) },
 * }, "text");
 * const leaf = compileLeaf({ contain: ["one", "two"] }, spot);
 * assertEquals(leaf.checks.map(({ value }) => value), ["one", "two"]);
 * ```
 */
export function compileLeaf(node: JsonObject, spot: Spot): Leaf {
  const operators = Object.keys(node).filter((key) => key !== "target")
    .map((key) => findOperator(key, spot));
  if (Object.hasOwn(node, "target")) {
    const text =
      "a leaf has no target of its own; set target in the group around it, and put the operators into a list below must, can or cannot";
    return spot.refuse(text, { steps: ["target"] });
  }
  if (operators.length === 0) {
    const known = OPERATOR_NAMES.join(", ");
    return spot.refuse(`a leaf needs at least one operator of: ${known}`);
  }
  const target = spot.target ?? refuseNoTarget(spot);
  const checks = operators.flatMap((operator) => {
    refuseForTarget(operator, target, spot);
    return compileOperator(operator, node[operator.name], spot);
  });
  return { kind: "leaf", keyPath: spot.keyPath, target, checks };
}

function findOperator(key: string, spot: Spot): Operator {
  const operator = OPERATORS.get(key);
  if (operator !== undefined) return operator;
  const text = `unsupported op ${quoted(key)}${hint(key, LEAF_OR_GROUP)}`;
  return spot.refuse(text, { steps: [key], op: key });
}

function refuseNoTarget(spot: Spot): never {
  const known = Object.keys(spot.options.targets).join(", ");
  return spot.refuse(
    `unknown assert target: no group around this leaf sets one, wanted one of: ${known}`,
  );
}

function refuseForTarget(operator: Operator, target: string, spot: Spot): void {
  const { targets } = spot.options;
  const allowed = Object.hasOwn(targets, target) ? targets[target] : undefined;
  const { name } = operator;
  if (allowed?.includes(name)) return;
  const takes = allowed?.join(", ") ?? "nothing";
  const text = `unsupported op ${quoted(name)}: target ${
    quoted(target)
  } takes ${takes}`;
  spot.refuse(text, { steps: [name], op: name });
}

function compileOperator(
  operator: Operator,
  list: Json | undefined,
  spot: Spot,
): Check[] {
  const { name } = operator;
  if (!isJsonList(list) || list.length === 0) {
    const text = `${name} takes a non-empty list, got ${kindOf(list)}`;
    return spot.refuse(text, { steps: [name], op: name });
  }
  return list.map((value, index) => {
    const steps = [name, index];
    try {
      return compileCheck(operator, value, spot.below(steps));
    } catch (cause) {
      if (!(cause instanceof CaseError)) throw cause;
      throw spot.error(cause, {
        steps: [...steps, ...wayInside(cause, name)],
        op: name,
      });
    }
  });
}

// Of the short operators, the value is an argument of what they stand for.
function wayInside(cause: CaseError, operator: string): readonly number[] {
  if (!(cause instanceof ExpressionError)) return [];
  return operator === "evaluate" ? cause.indexes : cause.indexes.slice(1);
}

function compileCheck(operator: Operator, value: Json, spot: Spot): Check {
  const complaint = operator.refuse(value);
  if (complaint !== undefined) throw new CaseError("schema", complaint);
  const { meaning, expression } = meaningOf(operator, value, spot.options);
  const { keyPath } = spot;
  return { operator: operator.name, value, meaning, expression, keyPath };
}
