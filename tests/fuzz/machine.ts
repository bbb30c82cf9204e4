/** The expression machine, held against the simplest evaluator there can be. */

import { CaseError } from "../../harness/case_error.ts";
import type { Json } from "../../harness/json.ts";
import { DEFAULT_BUDGETS } from "../../harness/spec_lang/budgets.ts";
import { compileExpression } from "../../harness/spec_lang/compile.ts";
import { evaluate } from "../../harness/spec_lang/machine.ts";
import { randomExpression } from "./_expressions.ts";
import { type Problem, simplerValues, type Target } from "./_fuzzer.ts";
import { Failure, reference, TooMuch } from "./_reference.ts";

const MAX_STEPS = 300;

/** An expression and what it looks at. */
type Input = readonly [source: Json, subject: Json];

/** Expressions: the same value, steps or category of failure. */
export const machine: Target<Input> = {
  name: "machine",
  runs: 3000,
  generate: (dice) => [
    randomExpression(dice),
    dice.pick<Json>(["text a", { a: [1, "x"], b: "text" }, [3, [], "a"]]),
  ],
  check: differs,
  *shrink([source, subject]) {
    for (const simpler of simplerValues(source)) yield [simpler, subject];
    if (subject !== null) yield [source, null];
  },
};

function differs([source, subject]: Input): Problem {
  const before = JSON.stringify(source);
  const given = outcome(source, subject);
  const wanted = expected(source, subject);
  if (wanted === undefined) return undefined;
  if (JSON.stringify(source) !== before) return "it changes the expression";
  return given === wanted ? undefined : `${given}, wanted ${wanted}`;
}

function outcome(source: Json, subject: Json): string {
  const budgets = { ...DEFAULT_BUDGETS, maxSteps: MAX_STEPS, timeoutMs: 0 };
  const host = { pathExists: (path: string) => path === "here", now: () => 0 };
  try {
    const compiled = compileExpression(source, { budgets });
    const { value, steps } = evaluate(compiled, subject, { budgets, host });
    return shown(value, steps);
  } catch (error) {
    if (!(error instanceof CaseError)) throw error;
    const { category, message } = error;
    const isGood = message !== "" && message.length < 2000;
    return isGood ? category : `a message of ${message.length} characters`;
  }
}

function expected(source: Json, subject: Json): string | undefined {
  try {
    const { value, steps } = reference(source, subject, MAX_STEPS);
    return shown(value, steps);
  } catch (error) {
    if (error instanceof Failure) return error.category;
    if (error instanceof TooMuch) return undefined;
    throw error;
  }
}

// JSON text does not tell -0 from 0, nor does the language.
function shown(value: Json, steps: number): string {
  return `${JSON.stringify(value)} after ${steps} steps`;
}
