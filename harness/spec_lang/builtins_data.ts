/**
 * The operators on numbers, lists, mappings and paths.
 *
 * Source: spec format, section 7.
 *
 * @module
 */

import { CaseError } from "../case_error.ts";
import { isJsonList, isJsonObject, type Json } from "../json.ts";
import { type Builtin, type BuiltinContext, wrongArgument } from "./builtin.ts";
import { deepEqual } from "./equality.ts";
import { findText } from "./find_text.ts";
import type { Meter } from "./meter.ts";
import { isTrue } from "./truth.ts";
import { typeName } from "./values.ts";

const TYPE_NAMES = ["null", "bool", "number", "string", "list", "dict"];

/** An order of two numbers or two strings. */
function order(name: string, holds: (sign: number) => boolean): Builtin {
  return {
    name,
    min: 2,
    max: 2,
    run: (a, b = null) => {
      if (typeof a === "number" && typeof b === "number") {
        return holds(a - b);
      }
      if (typeof a === "string" && typeof b === "string") {
        return holds(compareText(a, b));
      }
      const odd = typeof a === "number" || typeof a === "string" ? b : a;
      throw wrongArgument(name, "two numbers or two strings", odd);
    },
  };
}

/** Orders by code point, where JavaScript orders by UTF-16 code unit. */
function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a.charCodeAt(at) === b.charCodeAt(at)) at++;
  if (at === length) return a.length - b.length;
  // Behind the first half of a pair there may be the other half in one of them.
  return codeOrder(a, b, at - 1) || codeOrder(a, b, at);
}

function codeOrder(a: string, b: string, at: number): number {
  return (a.codePointAt(at) ?? 0) - (b.codePointAt(at) ?? 0);
}

/** Arithmetic of two numbers. */
function arithmetic(
  name: string,
  compute: (a: number, b: number) => number,
): Builtin {
  return {
    name,
    min: 2,
    max: 2,
    run: (a, b = null) => {
      if (typeof a !== "number") throw wrongArgument(name, "numbers", a);
      if (typeof b !== "number") throw wrongArgument(name, "numbers", b);
      const result = compute(a, b);
      if (Number.isFinite(result)) return result;
      throw new CaseError("schema", `${name}: the result is no finite number`);
    },
  };
}

/** A question about the items of a list, by truth. */
function quantifier(
  name: string,
  holds: (list: readonly Json[]) => boolean,
): Builtin {
  return {
    name,
    min: 1,
    max: 1,
    run: (a, _b, { meter }) => {
      if (!isJsonList(a)) throw wrongArgument(name, "a list", a);
      meter.look(a.length);
      return holds(a);
    },
  };
}

function size(name: string): Builtin {
  return {
    name,
    min: 1,
    max: 1,
    run: (a, _b, { meter }) => {
      if (typeof a === "string") return codePoints(a, meter);
      if (isJsonList(a)) return a.length;
      if (isJsonObject(a)) return Object.keys(a).length;
      throw wrongArgument(name, "a string, a list or a dict", a);
    },
  };
}

const SURROGATE_REGEXP = /[\ud800-\udbff][\udc00-\udfff]/;

/** Most texts hold no pair of surrogates, which a search tells much quicker. */
function codePoints(text: string, meter: Meter): number {
  meter.look(text.length);
  if (!SURROGATE_REGEXP.test(text)) return text.length;
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function isMember(
  a: Json,
  b: Json | undefined,
  { meter }: BuiltinContext,
): boolean {
  if (isJsonList(b)) {
    meter.look(b.length);
    return b.some((item) => deepEqual(a, item, meter));
  }
  const isKey = isJsonObject(b);
  if (!isKey && typeof b !== "string") {
    throw wrongArgument(
      "in",
      "a list, a dict or a string as second",
      b ?? null,
    );
  }
  if (typeof a !== "string") {
    const what = isKey ? "a key of a dict" : "a part of a string";
    throw wrongArgument("in", `a string as ${what}`, a);
  }
  if (isKey) return Object.hasOwn(b, a);
  const look = (units: number) => meter.look(units / 8);
  return findText(b, a, { look }) >= 0;
}

function get(a: Json, b: Json | undefined): Json {
  if (isJsonObject(a)) {
    if (typeof b !== "string") {
      throw wrongArgument("get", "a string as key of a dict", b ?? null);
    }
    return Object.hasOwn(a, b) ? a[b] ?? null : null;
  }
  if (!isJsonList(a)) throw wrongArgument("get", "a dict or a list", a);
  if (typeof b !== "number" || !Number.isInteger(b)) {
    throw wrongArgument("get", "an integer as index of a list", b ?? null);
  }
  return a[b] ?? null;
}

function hasKey(a: Json, b: Json | undefined): boolean {
  if (!isJsonObject(a)) throw wrongArgument("has_key", "a dict", a);
  if (typeof b === "string") return Object.hasOwn(a, b);
  throw wrongArgument("has_key", "a string as key", b ?? null);
}

function first(a: Json): Json {
  if (isJsonList(a)) return a[0] ?? null;
  throw wrongArgument("first", "a list", a);
}

function rest(a: Json, _b: Json | undefined, { meter }: BuiltinContext): Json {
  if (!isJsonList(a)) throw wrongArgument("rest", "a list", a);
  meter.make(a.length);
  return a.slice(1);
}

function hasType(a: Json, b: Json | undefined): boolean {
  checkTypeName(b ?? null);
  return typeName(a) === b;
}

function checkTypeName(name: Json): void {
  if (typeof name === "string" && TYPE_NAMES.includes(name)) return;
  const wanted = `one of ${TYPE_NAMES.join(", ")}`;
  const { message } = wrongArgument("json_type", wanted, name);
  throw new CaseError("schema", `unsupported json_type: ${message}`);
}

function pathExists(
  a: Json,
  _b: Json | undefined,
  context: BuiltinContext,
): boolean {
  if (typeof a === "string") return context.pathExists(a);
  throw wrongArgument("path_exists", "a string", a);
}

/** The operators, in the order documents list them. */
export const DATA_BUILTINS: readonly Builtin[] = [
  {
    name: "json_type",
    min: 1,
    max: 2,
    defaultsToSubject: true,
    run: hasType,
    checkLiteral: checkTypeName,
  },
  { name: "has_key", min: 1, max: 2, defaultsToSubject: true, run: hasKey },
  {
    name: "eq",
    min: 2,
    max: 2,
    run: (a, b, { meter }) => deepEqual(a, b ?? null, meter),
  },
  {
    name: "neq",
    min: 2,
    max: 2,
    run: (a, b, { meter }) => !deepEqual(a, b ?? null, meter),
  },
  order("lt", (sign) => sign < 0),
  order("lte", (sign) => sign <= 0),
  order("gt", (sign) => sign > 0),
  order("gte", (sign) => sign >= 0),
  { name: "in", min: 2, max: 2, run: isMember },
  { name: "get", min: 2, max: 2, run: get },
  size("len"),
  size("count"),
  { name: "first", min: 1, max: 1, run: first },
  { name: "rest", min: 1, max: 1, run: rest },
  quantifier("any", (list) => list.some(isTrue)),
  quantifier("all", (list) => list.every(isTrue)),
  quantifier("none", (list) => !list.some(isTrue)),
  arithmetic("add", (a, b) => a + b),
  arithmetic("sub", (a, b) => a - b),
  { name: "path_exists", min: 1, max: 1, run: pathExists },
];
