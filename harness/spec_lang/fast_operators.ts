/**
 * The operators that have an instruction of their own.
 *
 * @module
 */

import { CaseError } from "../case_error.ts";
import type { Json } from "../json.ts";
import type { BuiltinContext } from "./builtin.ts";
import { BUILTIN_AT } from "./builtins.ts";
import { FAST_OPERATORS, Op } from "./bytecode.ts";
import { apply, type StackSlot } from "./operations.ts";

/** The place in the operator table of each operator with an own instruction. */
const FAST_INDEX: ReadonlyMap<number, number | undefined> = new Map(
  FAST_OPERATORS.map(({ name, op }) => [op, BUILTIN_AT.get(name)]),
);

/**
 * Applies an operator with an own instruction to what are not two numbers.
 *
 * @param op The instruction.
 * @param a The first argument.
 * @param b The second.
 * @param context What operators may ask of the world.
 * @returns The value.
 * @throws {CaseError} As {@linkcode apply}.
 */
export function applyFast(
  op: number,
  a: StackSlot,
  b: StackSlot,
  context: BuiltinContext,
): Json {
  return apply(FAST_INDEX.get(op) ?? -1, a, b, context);
}

/**
 * Adds or subtracts.
 *
 * @param op ADD or SUB.
 * @param x The first number.
 * @param y The second number.
 * @returns The result.
 * @throws {CaseError} `schema` if it is out of range.
 */
export function calculate(op: number, x: number, y: number): number {
  const result = op === Op.ADD ? x + y : x - y;
  if (result - result === 0) return result;
  const name = op === Op.ADD ? "add" : "sub";
  throw new CaseError("schema", `${name}: the result is no finite number`);
}

/**
 * Compares two numbers.
 *
 * @param op One from LT to EQ.
 * @param x The first number.
 * @param y The second number.
 * @returns Whether the relation holds.
 */
export function compare(op: number, x: number, y: number): boolean {
  if (op === Op.LT) return x < y;
  if (op === Op.EQ) return x === y;
  if (op === Op.LTE) return x <= y;
  return op === Op.GT ? x > y : x >= y;
}
