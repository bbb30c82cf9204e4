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

import { CaseError } from "../case_error.ts";
import type { Json } from "../json.ts";
import { type Budgets, DEFAULT_BUDGETS } from "./budgets.ts";
import { Closure, type SymbolLink } from "./chunk.ts";
import { compileSite } from "./compiler.ts";
import type { Symbols } from "./forms.ts";
import { measure } from "./measure.ts";
import { show } from "./messages.ts";
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
  readonly symbols?: ReadonlyMap<string, CompiledExpression> | undefined;
}

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
  return compileWith(source, options.budgets, linksTo(options.symbols));
}

/**
 * Compiles the functions of a library, which may refer to each other.
 *
 * @param functions The functions by name; each an expression, most often a `fn`.
 * @param options The limits, for each function, and the symbols of other
 * libraries.
 * @returns The compiled functions by name, fit to be `symbols` elsewhere.
 * @throws {CaseError} As {@linkcode compileExpression}, naming the function.
 *
 * @example Usage
 * ```ts
 * import { compileExpression, compileLibrary } from "./compile.ts";
 * import { evaluate } from "./machine.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const symbols = compileLibrary(
 *   new Map([["twice", ["fn", ["n"], ["add", ["var", "n"], ["var", "n"]]]]]),
 * );
 * const expression = compileExpression(
 *   ["call", ["var", "twice"], ["subject"]],
 *   { symbols },
 * );
 * const host = { pathExists: () => false, now: () => 0 };
 * assertEquals(evaluate(expression, 21, { host }).value, 42);
 * ```
 */
export function compileLibrary(
  functions: ReadonlyMap<string, Json>,
  options: CompileOptions = {},
): ReadonlyMap<string, CompiledExpression> {
  const links = linksTo(options.symbols);
  for (const name of functions.keys()) {
    links.set(name, { name, entry: undefined });
  }
  const compiled = new Map<string, CompiledExpression>();
  for (const [name, source] of functions) {
    compiled.set(name, compileFunction(name, source, options.budgets, links));
  }
  for (const [name, { entry }] of compiled) {
    const link = links.get(name);
    if (link !== undefined) link.entry = entry;
  }
  return compiled;
}

function compileFunction(
  name: string,
  source: Json,
  budgets: Budgets | undefined,
  links: Symbols,
): CompiledExpression {
  try {
    return compileWith(source, budgets, links);
  } catch (error) {
    if (!(error instanceof CaseError)) throw error;
    throw new CaseError(
      error.category,
      `library function ${show(name)}: ${error.message}`,
      { cause: error },
    );
  }
}

function linksTo(
  symbols: ReadonlyMap<string, CompiledExpression> = new Map(),
): Map<string, SymbolLink> {
  const links = new Map<string, SymbolLink>();
  for (const [name, { entry }] of symbols) links.set(name, { name, entry });
  return links;
}

function compileWith(
  source: Json,
  budgets: Budgets | undefined,
  symbols: Symbols,
): CompiledExpression {
  const size = measure(source, budgets ?? DEFAULT_BUDGETS);
  const unit = new Unit(undefined, []);
  compileSite({ source, unit, position: "last", at: [] }, symbols);
  const entry = Object.freeze(new Closure(unit.finish(), [], []));
  return Object.freeze({ entry, ...size });
}
