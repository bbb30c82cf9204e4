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
import { isJsonList, isJsonObject, type Json } from "../json.ts";
import { type Budgets, DEFAULT_BUDGETS } from "./budgets.ts";
import type { Builtin } from "./builtin.ts";
import { BUILTIN_AT, BUILTINS } from "./builtins.ts";
import { FAST_OPERATORS, Op, type SymbolLink } from "./bytecode.ts";
import {
  argument,
  finish,
  FORMS,
  schema,
  show,
  type Site,
  type Symbols,
  type Work,
} from "./forms.ts";
import { measure } from "./measure.ts";
import { Unit } from "./scope.ts";
import { didYouMean } from "./suggest.ts";
import { Closure } from "./values.ts";

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
  readonly budgets?: Budgets;
  /** Library symbols, which `var` finds after all other names. */
  readonly symbols?: ReadonlyMap<string, CompiledExpression>;
}

/** Operators that have an instruction of their own. */
const FAST: ReadonlyMap<string, number> = new Map(
  FAST_OPERATORS.map(({ name, op }) => [name, op]),
);

const HEADS = [...FORMS.keys(), ...BUILTIN_AT.keys()];

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
  drive({ source, unit, position: "last", at: [] }, symbols);
  const entry = Object.freeze(new Closure(unit.finish(), [], []));
  return Object.freeze({ entry, ...size });
}

/** Compiles an expression and all within it, on a stack of its own. */
function drive(root: Site, symbols: Symbols): void {
  const open: { readonly site: Site; readonly work: Work }[] = [];
  let site: Site | undefined = root;
  try {
    while (true) {
      const work: Work | undefined = site && begin(site, symbols);
      if (site !== undefined && work !== undefined) open.push({ site, work });
      site = undefined;
      const innermost = open.at(-1);
      if (innermost === undefined) return;
      const step = innermost.work.next();
      if (step.done) open.pop();
      else site = step.value;
    }
  } catch (error) {
    const around = open.map((entry) => entry.site);
    throw located(error, site === undefined ? around : [...around, site]);
  }
}

/** Compiles a scalar at once, and makes a list's work. */
function begin(site: Site, symbols: Symbols): Work | undefined {
  const { source, unit } = site;
  unit.writer.visit();
  if (isJsonList(source)) return beginList(source, site, symbols);
  if (isJsonObject(source)) {
    throw schema("wanted a list-based s-expr or a scalar, got a mapping");
  }
  unit.writer.emit(Op.CONST, { value: source });
  finish(site);
  return undefined;
}

function beginList(list: readonly Json[], site: Site, symbols: Symbols): Work {
  const [head, ...args] = list;
  if (head === undefined) {
    throw schema("wanted an operator at the head of a list, got an empty list");
  }
  if (typeof head !== "string") {
    throw schema(`wanted an operator at the head of a list, got ${show(head)}`);
  }
  const form = FORMS.get(head);
  if (form !== undefined) {
    checkArity(head, form, args.length);
    return form.compile(args, site, symbols);
  }
  const index = BUILTIN_AT.get(head);
  const builtin = index === undefined ? undefined : BUILTINS[index];
  if (index === undefined || builtin === undefined) {
    throw schema(`unsupported spec_lang symbol ${hint(head, site, symbols)}`);
  }
  checkArity(head, builtin, args.length);
  return compileBuiltin(args, site, builtin, index);
}

function hint(head: string, site: Site, symbols: Symbols): string {
  const shown = show(head);
  return symbols.has(head) || site.unit.names().includes(head)
    ? `${shown}, to call the function of that name write ["call", ["var", ${shown}], …]`
    : `${shown}${didYouMean(head, HEADS)}`;
}

function checkArity(
  head: string,
  { min, max }: { readonly min: number; readonly max: number },
  count: number,
): void {
  if (count >= min && count <= max) return;
  const wanted = max === Infinity
    ? `at least ${min}`
    : min === max
    ? `${min}`
    : `${min} or ${max}`;
  const noun = wanted.endsWith("1") ? "argument" : "arguments";
  throw schema(`arity error: ${head} takes ${wanted} ${noun}, got ${count}`);
}

function* compileBuiltin(
  args: readonly Json[],
  site: Site,
  builtin: Builtin,
  index: number,
): Work {
  const { writer } = site.unit;
  const last = args.at(-1);
  if (isScalar(last)) builtin.checkLiteral?.(last);
  const implied = builtin.defaultsToSubject && args.length === 1;
  if (implied) writer.emit(Op.SUBJECT);
  for (const at of args.keys()) yield argument(site, at);
  const fast = FAST.get(builtin.name);
  const binary = implied || args.length === 2;
  if (fast !== undefined) writer.emitBinary(fast);
  else writer.emit(binary ? Op.BUILTIN2 : Op.BUILTIN1, { a: index });
  finish(site);
}

function isScalar(value: Json | undefined): value is Json {
  return value === null || (value !== undefined && typeof value !== "object");
}

/** The most indexes an error shows; the innermost tell most. */
const MAX_INDEXES = 12;

/** Adds to an error where in the expression it arose. */
function located(error: unknown, sites: readonly Site[]): unknown {
  if (!(error instanceof CaseError)) return error;
  const indexes = sites.flatMap(({ at }) => at);
  if (indexes.length === 0) return error;
  const shown = indexes.slice(-MAX_INDEXES).map((index) => `[${index}]`);
  const cut = indexes.length > MAX_INDEXES ? "…" : "";
  return new CaseError(
    error.category,
    `${error.message} (at ${cut}${shown.join("")})`,
    { cause: error },
  );
}
