/**
 * The special forms: what they must look like and what they compile to.
 *
 * A form is a generator that yields the expressions within it. Whoever drives it
 * compiles each before going on, on a stack of its own, so that nesting is bounded
 * by memory and not by the host's stack.
 *
 * @module
 */

import type { SymbolLink } from "./chunk.ts";
import { isJsonList, type Json } from "../json.ts";
import { type Instruction, Op } from "./bytecode.ts";
import { schema, show } from "./messages.ts";
import { Unit } from "./scope.ts";
import { didYouMean } from "./suggest.ts";

/**
 * Where an expression stands: inside another, or as the last act of its function,
 * as it is or made a boolean.
 */
export type Position = "inner" | "last" | "last_truth";

/** An expression to be compiled. */
export interface Site {
  /** The expression. */
  readonly source: Json;
  /** The function body it belongs to. */
  readonly unit: Unit;
  /** Where it stands in that body. */
  readonly position: Position;
  /** The indexes that lead to it from the expression around it. */
  readonly at: readonly number[];
}

/** Compiles an expression, yielding those within it. */
export type Work = Generator<Site, void, void>;

/** Library symbols by name; a map, or something that looks them up elsewhere. */
export interface SymbolTable extends Names {
  /**
   * Finds a symbol.
   *
   * @param name Its name.
   */
  get(name: string): SymbolLink | undefined;
  /** All names, for suggestions. */
  keys(): Iterable<string>;
}

/** Names that can be asked for, not listed. */
export type Names = Pick<ReadonlySet<string>, "has">;

/** The library symbols an expression may refer to. */
export interface Symbols {
  /** Those that `var` finds. */
  readonly visible: SymbolTable;
  /** All there are: the visible ones and those that are not exported. */
  readonly known: Names;
}

/** One special form. */
export interface Form {
  /** The fewest arguments. */
  readonly min: number;
  /** The most arguments. */
  readonly max: number;
  /** What the first argument is, if it is no expression. */
  readonly first?: "bindings" | "names" | "name";
  /** Compiles it; the number of arguments has been checked. */
  readonly compile: (
    args: readonly Json[],
    site: Site,
    symbols: Symbols,
  ) => Work;
}

/** The special forms by name. */
export const FORMS: ReadonlyMap<string, Form> = new Map<string, Form>([
  ["let", { min: 2, max: 2, first: "bindings", compile: compileLet }],
  ["fn", { min: 2, max: 2, first: "names", compile: compileFn }],
  ["call", { min: 1, max: Infinity, compile: compileCall }],
  ["if", { min: 3, max: 3, compile: compileIf }],
  ["and", { min: 1, max: Infinity, compile: shortCircuit(Op.JUMP_FALSE) }],
  ["or", { min: 1, max: Infinity, compile: shortCircuit(Op.JUMP_TRUE) }],
  ["not", { min: 1, max: 1, compile: compileNot }],
  ["var", { min: 1, max: 1, first: "name", compile: compileVar }],
  ["subject", { min: 0, max: 0, compile: compileSubject }],
  ["map", { min: 2, max: 2, compile: each(Op.MAP_COLLECT) }],
  ["filter", { min: 2, max: 2, compile: each(Op.FILTER_COLLECT) }],
]);

/**
 * The expression at an argument's place.
 *
 * @param site The form.
 * @param index Which argument, from 0.
 * @param position Where it stands; inside the form if not given.
 * @returns The place of the argument.
 */
export function argument(
  site: Site,
  index: number,
  position: Position = "inner",
): Site {
  const source = isJsonList(site.source) ? site.source[index + 1] : undefined;
  return { source: source ?? null, unit: site.unit, position, at: [index + 1] };
}

/**
 * Ends an expression whose value is on top of the stack.
 *
 * @param site The expression.
 */
export function finish({ unit, position }: Site): void {
  if (position === "inner") return;
  if (position === "last_truth") unit.writer.emit(Op.TRUTH);
  unit.writer.emit(Op.RETURN);
}

function* compileLet(args: readonly Json[], site: Site): Work {
  const { unit } = site;
  const names = bindingNames(args[0] ?? null);
  unit.open(names);
  for (const [index, name] of names.entries()) {
    yield bindingSite(args[0] ?? null, index, unit);
    unit.define(name);
  }
  yield argument(site, 1, site.position);
  unit.close();
}

function bindingSite(bindings: Json, index: number, unit: Unit): Site {
  const pair = isJsonList(bindings) ? bindings[index] : undefined;
  const source = isJsonList(pair) ? pair[1] : undefined;
  return { source: source ?? null, unit, position: "inner", at: [1, index, 1] };
}

function bindingNames(bindings: Json): string[] {
  const shape = "let: wanted a list of [name, expression] pairs";
  if (!isJsonList(bindings)) throw schema(`${shape}, got ${show(bindings)}`);
  const names = bindings.map((pair) => {
    if (isJsonList(pair) && pair.length === 2 && isName(pair[0])) {
      return pair[0];
    }
    throw schema(`${shape}, got ${show(pair)} among them`);
  });
  return distinct(names, "let: binding");
}

function* compileFn(args: readonly Json[], site: Site): Work {
  const unit = new Unit(site.unit, parameterNames(args[0] ?? null));
  yield { source: args[1] ?? null, unit, position: "last", at: [2] };
  site.unit.closure(unit.finish());
  finish(site);
}

function parameterNames(parameters: Json): string[] {
  const shape = "fn: wanted a list of parameter names";
  if (!isJsonList(parameters)) {
    throw schema(`${shape}, got ${show(parameters)}`);
  }
  const names = parameters.map((name) => {
    if (isName(name)) return name;
    throw schema(`${shape}, got ${show(name)} among them`);
  });
  return distinct(names, "fn: parameter");
}

function isName(value: Json | undefined): value is string {
  return typeof value === "string" && value !== "";
}

function distinct(names: string[], what: string): string[] {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw schema(`${what} ${show(name)} occurs twice`);
    seen.add(name);
  }
  return names;
}

function* compileCall(args: readonly Json[], site: Site): Work {
  for (const index of args.keys()) yield argument(site, index);
  const { unit: { writer }, position } = site;
  if (position === "inner") writer.emit(Op.CALL, { a: args.length - 1 });
  else {
    const truth = position === "last_truth" ? 1 : 0;
    writer.emit(Op.TAIL_CALL, { a: args.length - 1, b: truth });
  }
}

function* compileIf(_args: readonly Json[], site: Site): Work {
  const { unit: { writer }, position } = site;
  yield argument(site, 0);
  const toElse = writer.emitJumpFalse();
  yield argument(site, 1, position);
  const toEnd = position === "inner" ? writer.emit(Op.JUMP) : undefined;
  writer.aim(toElse);
  yield argument(site, 2, position);
  if (toEnd !== undefined) writer.aim(toEnd);
}

function shortCircuit(jump: number): Form["compile"] {
  return function* (args, site) {
    const { unit: { writer }, position } = site;
    const decided: Instruction[] = [];
    for (let index = 0; index < args.length - 1; index++) {
      yield argument(site, index);
      const isAnd = jump === Op.JUMP_FALSE;
      decided.push(isAnd ? writer.emitJumpFalse() : writer.emit(jump));
    }
    const inner = position === "inner";
    yield argument(site, args.length - 1, inner ? "inner" : "last_truth");
    if (inner) writer.emit(Op.TRUTH);
    if (decided.length === 0) return;
    const toEnd = writer.emit(inner ? Op.JUMP : Op.RETURN);
    for (const at of decided) writer.aim(at);
    writer.emit(Op.CONST, { value: jump === Op.JUMP_TRUE });
    if (inner) writer.aim(toEnd);
    else writer.emit(Op.RETURN);
  };
}

function* compileNot(_args: readonly Json[], site: Site): Work {
  yield argument(site, 0);
  site.unit.writer.emit(Op.NOT);
  finish(site);
}

// deno-lint-ignore require-yield -- a form with nothing inside
function* compileVar(
  args: readonly Json[],
  site: Site,
  symbols: Symbols,
): Work {
  const name = args[0] ?? null;
  if (!isName(name)) {
    throw schema(`var: wanted a literal name, got ${show(name)}`);
  }
  const reading = site.unit.read(name);
  if (reading === "too early") {
    throw schema(`variable ${show(name)} is read before it is defined`);
  }
  if (reading === "unknown") readSymbol(name, site.unit, symbols);
  finish(site);
}

function readSymbol(name: string, unit: Unit, symbols: Symbols): void {
  const { visible, known } = symbols;
  const link = visible.get(name);
  if (link !== undefined) return unit.symbol(link);
  const hint = known.has(name)
    ? ', a function of that name is loaded but not exported: add it to the "exports" of the case, or of its library if the case has none'
    : didYouMean(name, [...unit.names(), ...visible.keys()]);
  throw schema(`undefined variable ${show(name)}${hint}`);
}

// deno-lint-ignore require-yield -- a form with nothing inside
function* compileSubject(_args: readonly Json[], site: Site): Work {
  site.unit.writer.emit(Op.SUBJECT);
  finish(site);
}

function each(collect: number): Form["compile"] {
  return function* (_args, site) {
    const { writer } = site.unit;
    yield argument(site, 0);
    yield argument(site, 1);
    writer.emit(Op.EACH, { a: collect === Op.MAP_COLLECT ? 0 : 1 });
    const start = writer.here;
    const next = writer.emit(Op.EACH_NEXT);
    writer.aim(writer.emit(collect), start);
    writer.aim(next);
    finish(site);
  };
}
