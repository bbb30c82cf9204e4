/**
 * From an expression to code, with everything checked that can be checked
 * before it runs.
 *
 * @example Compile once, evaluate over many subjects
 * ```ts
 * import { compileExpression } from "./compile.ts";
 * import { evaluate } from "./machine.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const host = { pathExists: () => false, now: () => 0 };
 * const expression = compileExpression(["contains", "ok"]);
 * assertEquals(evaluate(expression, "all ok", { host }).value, true);
 * assertEquals(evaluate(expression, "failed", { host }).value, false);
 * ```
 *
 * @module
 */

import type { Json } from "../json.ts";
import type { Budgets } from "./budgets.ts";
import { Closure } from "./chunk.ts";
import { compileSite } from "./compiler.ts";
import type { Names, SymbolTable } from "./forms.ts";
import { measure } from "./measure.ts";
import { Unit } from "./scope.ts";

/** An expression ready to run. Immutable; may be evaluated any number of times. */
export interface CompiledExpression {
  /** What the machine starts with. */
  readonly entry: Closure;
  /** How many lists and scalars the expression has. */
  readonly nodes: number;
  /** How many bytes of UTF-8 its strings have. */
  readonly literalBytes: number;
}

/** How to compile. */
export interface CompileOptions {
  /** The limits on size; the defaults if not given. */
  readonly budgets?: Budgets | undefined;
  /** Library symbols, which `var` finds after all other names. */
  readonly symbols?: SymbolTable | undefined;
  /** Every library symbol there is, also what `symbols` leaves out: for messages. */
  readonly known?: Names | undefined;
}

const NONE: SymbolTable = new Map();

/**
 * Compiles an expression.
 *
 * `let` bindings see themselves and each other, but only from inside a `fn`;
 * reading one directly before it has a value is refused here. `and` and `or`
 * decide by truth and give a boolean.
 *
 * Source: spec format, section 7.
 *
 * @param source The expression: a list with an operator at its head, or a scalar.
 * @param options The limits and the library symbols.
 * @returns The compiled expression.
 * @throws {CaseError} `schema` if the expression is malformed, with the indexes
 * that lead to the place; `runtime` if it has too many nodes or bytes of strings.
 *
 * @example Usage
 * ```ts
 * import { compileExpression } from "./compile.ts";
 * import { CaseError } from "../case_error.ts";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => compileExpression(["not", ["eqq", 1, 2]]),
 *   CaseError,
 *   'unsupported spec_lang symbol "eqq", did you mean "eq"? (at [1])',
 * );
 * ```
 */
export function compileExpression(
  source: Json,
  options: CompileOptions = {},
): CompiledExpression {
  const { budgets, symbols = NONE, known = symbols } = options;
  const size = measure(source, budgets);
  const unit = new Unit(undefined, []);
  const site = { source, unit, position: "last", at: [] } as const;
  compileSite(site, { visible: symbols, known });
  const entry = Object.freeze(new Closure(unit.finish(), [], []));
  return Object.freeze({ entry, ...size });
}
