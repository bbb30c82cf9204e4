/**
 * The expression machine: steps per second in a tail-recursive loop.
 *
 * @module
 */

import { compileExpression } from "../harness/spec_lang/compile.ts";
import { evaluate } from "../harness/spec_lang/machine.ts";
import { median } from "./measure.ts";

const ROUNDS = 7;
const ITERATIONS = 1_000_000;

const LOOP = [
  "let",
  [[
    "loop",
    ["fn", ["n"], [
      "if",
      ["lt", ["var", "n"], ITERATIONS],
      ["call", ["var", "loop"], ["add", ["var", "n"], 1]],
      ["var", "n"],
    ]],
  ]],
  ["call", ["var", "loop"], 0],
];

const BUDGETS = {
  maxSteps: Number.MAX_SAFE_INTEGER,
  maxNodes: 1000,
  maxLiteralBytes: 1000,
  timeoutMs: 0,
};

/** Measures the loop. */
export function benchMachine(): string {
  const expression = compileExpression(LOOP, { budgets: BUDGETS });
  const host = { pathExists: () => false, now: () => performance.now() };
  const rates: number[] = [];
  for (let round = -1; round < ROUNDS; round++) {
    const start = performance.now();
    const { value, steps } = evaluate(expression, null, {
      budgets: BUDGETS,
      host,
    });
    if (value !== ITERATIONS) throw new Error(`the loop gave ${value}`);
    const seconds = (performance.now() - start) / 1000;
    if (round >= 0) rates.push(steps / seconds / 1e6);
  }
  return "| what | million steps per second |\n| --- | --- |\n" +
    `| tail-recursive loop, ${ITERATIONS} rounds | ${
      median(rates).toFixed(0)
    } |\n`;
}
