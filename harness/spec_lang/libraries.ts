/**
 * From the functions of libraries to symbols that expressions can refer to.
 *
 * @module
 */

import { CaseError } from "../case_error.ts";
import type { Json } from "../json.ts";
import type { Closure, SymbolLink } from "./chunk.ts";
import {
  type CompiledExpression,
  compileExpression,
  type CompileOptions,
} from "./compile.ts";
import type { SymbolTable } from "./forms.ts";
import { show } from "./messages.ts";

/** The functions of a library by name. */
export type CompiledFunctions = ReadonlyMap<string, CompiledExpression>;

/** What compiling the functions of a library came to. */
export interface LibraryOutcome {
  /** The functions without a fault; usable if there is no fault at all. */
  readonly compiled: CompiledFunctions;
  /** What is wrong, by the name of the function. */
  readonly faults: ReadonlyMap<string, CaseError>;
}

/** A link to a function that is not compiled yet. */
interface PendingLink extends SymbolLink {
  entry: Closure | undefined;
}

/**
 * Compiles the functions of a library, which may refer to each other, and
 * finds the fault of every one that is malformed.
 *
 * A function is measured for itself against the limits, so that it makes no
 * difference to it what else its library holds and who uses it.
 *
 * Source: spec format, section 7.
 *
 * @param functions The functions by name; each an expression, most often a
 * `fn`.
 * @param options The limits, for each function, and the symbols of other
 * libraries.
 * @returns The functions that could be compiled, and what is wrong with the
 * others.
 *
 * @example Usage
 * ```ts
 * import { compileFunctions } from "./libraries.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const { compiled, faults } = compileFunctions(
 *   new Map([["fine", ["var", "also"]], ["also", ["len"]]]),
 * );
 * assertEquals([...compiled.keys()], ["fine"]);
 * assertEquals(
 *   faults.get("also")?.message,
 *   'library function "also": arity error: len takes 1 argument, got 0',
 * );
 * ```
 */
export function compileFunctions(
  functions: ReadonlyMap<string, Json>,
  options: CompileOptions = {},
): LibraryOutcome {
  const own = new Map<string, PendingLink>();
  for (const name of functions.keys()) own.set(name, { entry: undefined });
  const symbols = inFront(own, options.symbols ?? new Map());
  const { known: others = symbols } = options;
  const known = { has: (name: string) => own.has(name) || others.has(name) };
  const compiled = new Map<string, CompiledExpression>();
  const faults = new Map<string, CaseError>();
  for (const [name, source] of functions) {
    const result = attempt(name, source, { ...options, symbols, known });
    if (result instanceof CaseError) faults.set(name, result);
    else compiled.set(name, result);
  }
  for (const [name, link] of own) link.entry = compiled.get(name)?.entry;
  return { compiled, faults };
}

/**
 * Compiles the functions of a library, which may refer to each other.
 *
 * @param functions The functions by name; each an expression, most often a
 * `fn`.
 * @param options The limits, for each function, and the symbols of other
 * libraries.
 * @returns The compiled functions by name, fit to be `symbols` elsewhere.
 * @throws {CaseError} As {@linkcode compileExpression}, naming the function.
 *
 * @example Usage
 * ```ts
 * import { compileLibrary } from "./libraries.ts";
 * import { compileExpression } from "./compile.ts";
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
): CompiledFunctions {
  const { compiled, faults } = compileFunctions(functions, options);
  for (const fault of faults.values()) throw fault;
  return compiled;
}

function inFront(own: SymbolTable, others: SymbolTable): SymbolTable {
  return {
    get: (name) => own.get(name) ?? others.get(name),
    has: (name) => own.has(name) || others.has(name),
    *keys() {
      yield* own.keys();
      yield* others.keys();
    },
  };
}

function attempt(
  name: string,
  source: Json,
  options: CompileOptions,
): CompiledExpression | CaseError {
  try {
    return compileExpression(source, options);
  } catch (cause) {
    if (!(cause instanceof CaseError)) throw cause;
    const message = `library function ${show(name)}: ${cause.message}`;
    return new CaseError(cause.category, message, { cause });
  }
}
