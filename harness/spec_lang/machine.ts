/**
 * The machine that runs compiled expressions.
 *
 * It keeps values and calls on stacks of its own. A tail call replaces the
 * running function's place on them, so it takes no space; any other call adds to
 * them, up to a ceiling.
 *
 * Steps: one step is one visit to an expression, scalar or list. A list is visited
 * before what is in it. `var` and its name are one visit; `fn` is one visit,
 * whatever is inside; the body of a function is visited with every call, those of
 * `map` and `filter` and tail calls among them; `let` visits itself, the value of
 * each binding and its body, but not the list of bindings. `if`, `and` and `or`
 * visit only what they need. Reading a library symbol visits the `var` and then
 * the library's expression. An implied subject is no visit. So `["add", 1, 2]`
 * takes three steps.
 *
 * @module
 */

import type { Closure } from "./chunk.ts";
import type { Json } from "../json.ts";
import { type Budgets, DEFAULT_BUDGETS } from "./budgets.ts";
import type { BuiltinContext } from "./builtin.ts";
import type { CompiledExpression } from "./compile.ts";
import { Meter } from "./meter.ts";
import { data, reserve, type StackSlot } from "./operations.ts";
import { runSlice, type State } from "./slice.ts";

/** What an evaluation may ask of the world. */
export interface MachineHost {
  /** Whether something exists at a path. */
  readonly pathExists: (path: string) => boolean;
  /** A clock that never goes back, in milliseconds. */
  readonly now: () => number;
}

/** What an evaluation came to. */
export interface Evaluation {
  /** The value of the expression. */
  readonly value: Json;
  /** How many steps it took. */
  readonly steps: number;
}

/**
 * Evaluates an expression.
 *
 * Source: spec format, section 7.
 *
 * @param expression The compiled expression.
 * @param subject The value of `["subject"]`.
 * @param options The limits (the defaults if not given) and the world.
 * @returns The value and the number of steps.
 * @throws {CaseError} `schema` if an operator is given what it cannot take or a
 * function stands where data belongs; `runtime` if a budget is exceeded.
 *
 * @example Usage
 * ```ts
 * import { compileExpression } from "./compile.ts";
 * import { evaluate } from "./machine.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = { pathExists: () => false, now: () => 0 };
 * const sum = compileExpression(["add", ["subject"], 2]);
 * assertEquals(evaluate(sum, 40, { host }), { value: 42, steps: 3 });
 * ```
 */
export function evaluate(
  expression: CompiledExpression,
  subject: Json,
  options: {
    readonly budgets?: Budgets | undefined;
    readonly host: MachineHost;
    /** When it has to be over in any case, on the host's clock. */
    readonly deadline?: number;
  },
): Evaluation {
  const { budgets = DEFAULT_BUDGETS, host, deadline } = options;
  const meter = new Meter(budgets, host.now, deadline);
  return run(expression.entry, subject, {
    meter,
    pathExists: host.pathExists,
  });
}

function run(
  entry: Closure,
  subject: Json,
  context: BuiltinContext,
): Evaluation {
  const { meter } = context;
  const stack: StackSlot[] = [entry];
  const { locals, start } = entry.chunk;
  const state: State = {
    stack,
    returns: [start],
    bases: [0],
    closure: entry,
    base: 1,
    top: reserve(stack, 1, locals),
    next: start,
    left: meter.begin(),
  };
  while (!runSlice(state, subject, context)) {
    state.left = meter.grant(state.left, state.next.visits);
  }
  return {
    value: data(stack[state.top - 1], "result"),
    steps: meter.steps(state.left),
  };
}
