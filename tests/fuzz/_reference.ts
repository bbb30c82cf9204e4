/**
 * The expression language once more, as simply as it can be written: by
 * recursion, without limits but for the steps, without a thought of speed.
 *
 * @module
 */

import type { Json } from "../../harness/json.ts";
import { translateRegex } from "../../harness/spec_lang/regex.ts";

/** Why an expression has no value: the category of its failure. */
export class Failure extends Error {
  /** The category. */
  readonly category: "schema" | "runtime";

  /**
   * Makes a failure.
   *
   * @param category The category.
   */
  constructor(category: "schema" | "runtime") {
    super(category);
    this.category = category;
  }
}

class Fn {
  readonly parameters: readonly string[];
  readonly body: Json;
  readonly scope: Scope;
  constructor(parameters: readonly string[], body: Json, scope: Scope) {
    this.parameters = parameters;
    this.body = body;
    this.scope = scope;
  }
}

type Value = Json | Fn;

interface Scope {
  readonly names: Map<string, Value | undefined>;
  readonly around: Scope | undefined;
  /** Whether this is the outermost scope of a function. */
  readonly isBody: boolean;
}

type Dict = Readonly<Record<string, Json>>;

const schema = () => new Failure("schema");

/**
 * Checks and evaluates an expression.
 *
 * @param source The expression.
 * @param subject What it looks at.
 * @param maxSteps How many steps it may take.
 * @returns Its value, and how many steps it took.
 * @throws {Failure} If it has none.
 */
export function reference(
  source: Json,
  subject: Json,
  maxSteps: number,
): { value: Json; steps: number } {
  check(source, undefined);
  const run = new Run(subject, maxSteps);
  return { value: data(run.visit(source, undefined)), steps: run.steps };
}

// ----- before running

const ARITY: Readonly<Record<string, readonly [number, number]>> = {
  let: [2, 2],
  fn: [2, 2],
  call: [1, Infinity],
  if: [3, 3],
  and: [1, Infinity],
  or: [1, Infinity],
  not: [1, 1],
  var: [1, 1],
  subject: [0, 0],
  map: [2, 2],
  filter: [2, 2],
  contains: [1, 2],
  "starts_with": [1, 2],
  "ends_with": [1, 2],
  "json_type": [1, 2],
  "has_key": [1, 2],
  split: [1, 2],
};
const UNARY = "len count first rest trim lower upper any all none json_parse " +
  "path_exists";
const BINARY = "eq neq lt lte gt gte in get join add sub regex_match matches";
const TYPES = ["null", "bool", "number", "string", "list", "dict"];

function isTypeName(value: Json | undefined): boolean {
  return typeof value === "string" && TYPES.includes(value);
}

function arityOf(head: string): readonly [number, number] {
  if (Object.hasOwn(ARITY, head)) return ARITY[head] ?? [0, 0];
  if (UNARY.split(" ").includes(head)) return [1, 1];
  if (BINARY.split(" ").includes(head)) return [2, 2];
  throw schema();
}

function check(source: Json, scope: Scope | undefined): void {
  if (typeof source !== "object" || source === null) return;
  if (!Array.isArray(source)) throw schema();
  const [head, ...args]: Json[] = source;
  if (typeof head !== "string") throw schema();
  const [min, max] = arityOf(head);
  if (args.length < min || args.length > max) throw schema();
  if (head === "let") return checkLet(args, scope);
  if (head === "fn") return checkFn(args, scope);
  if (head === "var") return checkVar(args[0] ?? null, scope);
  const last = args.at(-1);
  if (last === undefined || typeof last !== "object" || last === null) {
    if (head === "json_type" && !isTypeName(last)) throw schema();
    if (head === "regex_match" || head === "matches") regex(last ?? null);
  }
  for (const arg of args) check(arg, scope);
}

function checkLet(args: readonly Json[], around: Scope | undefined): void {
  const bindings = bindingsOf(args[0] ?? null);
  const names = new Map<string, Value | undefined>();
  for (const [name] of bindings) {
    if (names.has(name)) throw schema();
    names.set(name, undefined);
  }
  const scope = { names, around, isBody: false };
  for (const [name, value] of bindings) {
    check(value, scope);
    names.set(name, null);
  }
  check(args[1] ?? null, scope);
}

function checkFn(args: readonly Json[], around: Scope | undefined): void {
  const names = new Map<string, Value | undefined>();
  for (const name of parametersOf(args[0] ?? null)) {
    if (names.has(name)) throw schema();
    names.set(name, null);
  }
  check(args[1] ?? null, { names, around, isBody: true });
}

function checkVar(name: Json, scope: Scope | undefined): void {
  if (typeof name !== "string" || name === "") throw schema();
  let isInside = true;
  for (let one = scope; one !== undefined; one = one.around) {
    if (one.names.has(name)) {
      if (isInside && one.names.get(name) === undefined) throw schema();
      return;
    }
    if (one.isBody) isInside = false;
  }
  throw schema();
}

function bindingsOf(source: Json): [string, Json][] {
  if (!Array.isArray(source)) throw schema();
  return source.map((pair: Json) => {
    if (!Array.isArray(pair) || pair.length !== 2) throw schema();
    const [name, value] = pair;
    if (typeof name !== "string" || name === "") throw schema();
    return [name, value];
  });
}

function parametersOf(source: Json): string[] {
  if (!Array.isArray(source)) throw schema();
  return source.map((name: Json) => {
    if (typeof name !== "string" || name === "") throw schema();
    return name;
  });
}

// ----- running

class Run {
  readonly #subject: Json;
  readonly #maxSteps: number;
  steps = 0;

  constructor(subject: Json, maxSteps: number) {
    this.#subject = subject;
    this.#maxSteps = maxSteps;
  }

  visit(source: Json, scope: Scope | undefined): Value {
    if (++this.steps > this.#maxSteps) throw new Failure("runtime");
    if (!Array.isArray(source)) return source;
    const [head, ...args]: Json[] = source;
    const visit = (arg: Json | undefined) => this.visit(arg ?? null, scope);
    switch (head) {
      case "subject":
        return this.#subject;
      case "let":
        return this.#let(args, scope);
      case "fn":
        return new Fn(
          parametersOf(args[0] ?? null),
          args[1] ?? null,
          scope ?? { names: new Map(), around: undefined, isBody: true },
        );
      case "var":
        return read(String(args[0]), scope);
      case "call": {
        const [fn, ...values] = args.map(visit);
        return this.#call(fn ?? null, values);
      }
      case "if":
        return visit(truth(visit(args[0])) ? args[1] : args[2]);
      case "and":
        return args.every((arg) => truth(visit(arg)));
      case "or":
        return args.some((arg) => truth(visit(arg)));
      case "not":
        return !truth(visit(args[0]));
      case "map":
      case "filter": {
        const [fn, list] = [visit(args[0]), visit(args[1])];
        return this.#each(head, fn, list);
      }
    }
    const values = args.map(visit).map(data);
    const implied = ARITY[String(head)]?.[1] === 2 && values.length === 1 &&
      head !== "split";
    return apply(
      String(head),
      implied ? [this.#subject, ...values] : values,
    );
  }

  #let(args: readonly Json[], around: Scope | undefined): Value {
    const bindings = bindingsOf(args[0] ?? null);
    const names = new Map<string, Value | undefined>(
      bindings.map(([name]) => [name, undefined]),
    );
    const scope = { names, around, isBody: false };
    for (const [name, value] of bindings) {
      names.set(name, this.visit(value, scope));
    }
    return this.visit(args[1] ?? null, scope);
  }

  #call(fn: Value, values: readonly Value[]): Value {
    if (!(fn instanceof Fn)) throw schema();
    if (fn.parameters.length !== values.length) throw schema();
    const names = new Map(
      fn.parameters.map((name, at) => [name, values[at] as Value]),
    );
    return this.visit(fn.body, { names, around: fn.scope, isBody: true });
  }

  #each(head: "map" | "filter", fn: Value, list: Value): Json {
    if (!(fn instanceof Fn) || fn.parameters.length !== 1) throw schema();
    const items = listOf(data(list));
    return head === "map"
      ? items.map((item) => data(this.#call(fn, [item])))
      : items.filter((item) => truth(this.#call(fn, [item])));
  }
}

function read(name: string, scope: Scope | undefined): Value {
  let one = scope;
  while (one !== undefined && !one.names.has(name)) one = one.around;
  const value = one?.names.get(name);
  if (value === undefined) throw schema();
  return value;
}

function data(value: Value): Json {
  if (value instanceof Fn) throw schema();
  return value;
}

function truth(value: Value): boolean {
  const given = data(value);
  if (Array.isArray(given)) return given.length > 0;
  if (typeof given === "object" && given !== null) {
    return Object.keys(given).length > 0;
  }
  return Boolean(given);
}

// ----- operators

function apply(head: string, values: readonly Json[]): Json {
  const [a = null, b = null] = values;
  switch (head) {
    case "contains":
      return text(a).includes(text(b));
    case "starts_with":
      return text(a).startsWith(text(b));
    case "ends_with":
      return text(a).endsWith(text(b));
    case "json_type":
      if (!isTypeName(b)) throw schema();
      return typeOf(a) === b;
    case "has_key":
      if (typeof b !== "string") throw schema();
      return Object.hasOwn(dictOf(a), b);
    case "eq":
      return equal(a, b);
    case "neq":
      return !equal(a, b);
    case "lt":
      return order(a, b) < 0;
    case "lte":
      return order(a, b) <= 0;
    case "gt":
      return order(a, b) > 0;
    case "gte":
      return order(a, b) >= 0;
    case "in":
      return isIn(a, b);
    case "get":
      return get(a, b);
    case "len":
    case "count":
      if (typeof a === "string") return [...a].length;
      return typeOf(a) === "dict"
        ? Object.keys(dictOf(a)).length
        : listOf(a).length;
    case "first":
      return listOf(a)[0] ?? null;
    case "rest":
      return listOf(a).slice(1);
    case "split":
      return split(text(a), values.length === 2 ? text(b) : undefined);
    case "join":
      return listOf(a).map(text).join(text(b));
    case "trim":
      return split(text(a), undefined).length === 0 ? "" : trim(text(a));
    case "lower":
      return text(a).toLowerCase();
    case "upper":
      return text(a).toUpperCase();
    case "any":
      return listOf(a).some(truth);
    case "all":
      return listOf(a).every(truth);
    case "none":
      return !listOf(a).some(truth);
    case "add":
    case "sub": {
      if (typeof a !== "number" || typeof b !== "number") throw schema();
      const result = head === "add" ? a + b : a - b;
      if (!Number.isFinite(result)) throw schema();
      return result;
    }
    case "json_parse":
      return parse(a);
    case "path_exists":
      if (typeof a !== "string") throw schema();
      return a === "here";
    case "regex_match":
    case "matches":
      return regex(b).test(text(a));
  }
  throw schema();
}

/** More text than the simple evaluator is made for. */
export class TooMuch extends Error {}

function text(value: Json): string {
  const found = typeof value === "string" ? value : JSON.stringify(value);
  if (found.length > 100_000) throw new TooMuch();
  return found;
}

function typeOf(value: Json): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  if (typeof value === "object") return "dict";
  return typeof value === "boolean" ? "bool" : typeof value;
}

function listOf(value: Json): Json[] {
  if (!Array.isArray(value)) throw schema();
  return value;
}

function dictOf(value: Json): Dict {
  if (typeOf(value) !== "dict") throw schema();
  return value as Dict;
}

function equal(a: Json, b: Json): boolean {
  if (typeOf(a) !== typeOf(b)) return false;
  if (Array.isArray(a)) {
    const other = listOf(b);
    return a.length === other.length &&
      a.every((item: Json, at: number) => equal(item, other[at] ?? null));
  }
  if (typeOf(a) !== "dict") return a === b;
  const [left, right] = [dictOf(a), dictOf(b)];
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length &&
    keys.every((key) =>
      Object.hasOwn(right, key) && equal(left[key] ?? null, right[key] ?? null)
    );
}

function order(a: Json, b: Json): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  if (typeof a !== "string" || typeof b !== "string") throw schema();
  const codes = (one: string) =>
    Array.from(one, (character) => character.codePointAt(0) ?? 0);
  const [left, right] = [codes(a), codes(b)];
  const at = left.findIndex((code, index) => code !== right[index]);
  return at < 0
    ? left.length - right.length
    : (left[at] ?? 0) - (right[at] ?? -1);
}

function isIn(a: Json, b: Json): boolean {
  if (Array.isArray(b)) return b.some((item: Json) => equal(a, item));
  if (typeof b !== "string" && typeOf(b) !== "dict") throw schema();
  if (typeof a !== "string") throw schema();
  return typeof b === "string" ? b.includes(a) : Object.hasOwn(dictOf(b), a);
}

function get(a: Json, b: Json): Json {
  if (typeOf(a) === "dict") {
    if (typeof b !== "string") throw schema();
    return Object.hasOwn(dictOf(a), b) ? dictOf(a)[b] ?? null : null;
  }
  const list = listOf(a);
  if (typeof b !== "number" || !Number.isInteger(b)) throw schema();
  return list[b] ?? null;
}

// What Python takes for white space, among the characters that are used here.
// deno-lint-ignore no-control-regex -- as Python has it
const BLANK = /[\t-\r\x1c- \x85\xa0\u2028\u3000]/;

function split(whole: string, separator: string | undefined): string[] {
  if (separator === "") throw schema();
  return separator === undefined
    ? whole.split(BLANK).filter((part) => part !== "")
    : whole.split(separator);
}

function trim(whole: string): string {
  const characters = whole.split("");
  const isText = (character: string) => !BLANK.test(character);
  return whole.slice(
    characters.findIndex(isText),
    characters.findLastIndex(isText) + 1,
  );
}

function parse(value: Json): Json {
  if (typeof value !== "string") throw schema();
  let parsed: Json;
  try {
    parsed = JSON.parse(value);
  } catch {
    throw schema();
  }
  if (!isFinite(parsed)) throw schema();
  return parsed;
}

function isFinite(value: Json): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  return typeof value !== "object" || value === null ||
    Object.values(value).every(isFinite);
}

function regex(pattern: Json): RegExp {
  try {
    const { source, flags } = translateRegex(text(pattern));
    return new RegExp(source, flags);
  } catch {
    throw schema();
  }
}
