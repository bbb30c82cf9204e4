/**
 * Goes through an expression and hands each part to its form or operator.
 *
 * @module
 */

import { CaseError, type Category } from "../case_error.ts";
import { isJsonList, isJsonObject, type Json } from "../json.ts";
import { aliasHint, aliasOf } from "./aliases.ts";
import type { Builtin } from "./builtin.ts";
import { BUILTIN_AT, BUILTINS } from "./builtins.ts";
import { FAST_OPERATORS, Op } from "./bytecode.ts";
import {
  argument,
  finish,
  FORMS,
  type Site,
  type Symbols,
  type Work,
} from "./forms.ts";
import { schema, show } from "./messages.ts";
import { nearestWord } from "./suggest.ts";

/** Operators that have an instruction of their own. */
const FAST: ReadonlyMap<string, number> = new Map(
  FAST_OPERATORS.map(({ name, op }) => [name, op]),
);

const HEADS = [...FORMS.keys(), ...BUILTIN_AT.keys()];

/**
 * Compiles an expression and all within it, on a stack of its own.
 *
 * @param root The expression and where it stands.
 * @param symbols The library symbols.
 * @throws {CaseError} `schema` if it is malformed, with the indexes that lead to
 * the place.
 */
export function compileSite(root: Site, symbols: Symbols): void {
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
  if (symbols.known.has(head) || site.unit.names().includes(head)) {
    return `${shown}, to call the function of that name write ${callOf(head)}`;
  }
  const names = [...site.unit.names(), ...symbols.visible.keys()];
  return shown + (aliasHint(head) ?? gluedHint(head) ?? nearHint(head, names));
}

function nearHint(head: string, functions: readonly string[]): string {
  const near = nearestWord(head, [...HEADS, ...functions]);
  if (near === undefined) return "";
  return `, did you mean ${HEADS.includes(near) ? show(near) : callOf(near)}?`;
}

function callOf(name: string): string {
  return `["call", ["var", ${show(name)}], …]`;
}

// In YAML, "[eq 1, 2]" has the head "eq 1".
function gluedHint(head: string): string | undefined {
  const [first = "", ...others] = head.split(" ");
  if (others.length === 0) return undefined;
  const name = HEADS.includes(first) ? first : aliasOf(first);
  return name === undefined
    ? undefined
    : `, put a comma behind the operator: ["${name}", …]`;
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

/** What is wrong with a part of an expression. */
export class ExpressionError extends CaseError {
  /** The way to the part: an index for each list around it. */
  readonly indexes: readonly number[];

  /**
   * Makes an error.
   *
   * @param category Which way to fail it is.
   * @param message What is wrong, and in words where.
   * @param indexes The way to the part.
   * @param cause What was wrong, without the place.
   */
  constructor(
    category: Category,
    message: string,
    indexes: readonly number[],
    cause: CaseError,
  ) {
    super(category, message, { cause });
    this.indexes = indexes;
  }
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
  const message = `${error.message} (at ${cut}${shown.join("")})`;
  return new ExpressionError(error.category, message, indexes, error);
}
