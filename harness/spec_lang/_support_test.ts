/**
 * What the tests of the expression language share.
 *
 * @module
 */

import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { CaseError, type Category } from "../case_error.ts";
import type { Json } from "../json.ts";
import { type Budgets, DEFAULT_BUDGETS } from "./budgets.ts";
import { compileExpression } from "./compile.ts";
import { evaluate, type Evaluation, type MachineHost } from "./machine.ts";

/** A world in which one path exists and no time passes. */
export const HOST: MachineHost = {
  pathExists: (path) => path === "here",
  now: () => 0,
};

/** Limits that no test reaches by accident. */
export const WIDE: Budgets = {
  maxSteps: 1e9,
  maxNodes: 1e7,
  maxLiteralBytes: 1e9,
  timeoutMs: 0,
};

/** How to run an expression. */
export interface RunOptions {
  /** The subject, null if not given. */
  readonly subject?: Json;
  /** The limits, the defaults if not given. */
  readonly budgets?: Partial<Budgets>;
  /** The world, {@linkcode HOST} if not given. */
  readonly host?: MachineHost;
}

/** Compiles and evaluates. */
export function run(source: Json, options: RunOptions = {}): Evaluation {
  const budgets = { ...DEFAULT_BUDGETS, ...options.budgets };
  const expression = compileExpression(source, { budgets });
  const { subject = null, host = HOST } = options;
  return evaluate(expression, subject, { budgets, host });
}

/** The value of an expression. */
export function value(source: Json, options: RunOptions = {}): Json {
  return run(source, options).value;
}

/** Checks that something fails, with a category and a piece of the message. */
export function assertFails(
  act: () => unknown,
  category: Category,
  message: string,
): void {
  const error = assertThrows(act, CaseError);
  assertStringIncludes(error.message, message);
  assertEquals(error.category, category, error.message);
}
