/**
 * What a builtin operator is, and how it complains about its arguments.
 *
 * @module
 */

import { CaseError } from "../case_error.ts";
import type { Json } from "../json.ts";
import { jsonText } from "./json_text.ts";
import type { Meter } from "./meter.ts";
import { typeName } from "./values.ts";

/** What operators may ask of the world. */
export interface BuiltinContext {
  /** Counts the work. */
  readonly meter: Meter;
  /** Whether something exists at a path. */
  readonly pathExists: (path: string) => boolean;
}

/** One operator. */
export interface Builtin {
  /** The head that calls it. */
  readonly name: string;
  /** The fewest arguments, 1 or 2. */
  readonly min: number;
  /** The most arguments, 1 or 2. */
  readonly max: number;
  /** Whether the subject stands in for the first of two when one is given. */
  readonly defaultsToSubject?: true;
  /** Computes the value; `b` is undefined for one argument. */
  readonly run: (
    a: Json,
    b: Json | undefined,
    context: BuiltinContext,
  ) => Json;
  /** Checks the last argument before running, where it is a literal. */
  readonly checkLiteral?: (value: Json) => void;
}

const SHOWN = 40;

/**
 * Makes the error of an argument of the wrong type.
 *
 * @param op The operator.
 * @param wanted What it wanted.
 * @param got What it got.
 * @returns The error, category `schema`.
 *
 * @example Usage
 * ```ts
 * import { wrongArgument } from "./builtin.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(
 *   wrongArgument("first", "a list", "abc").message,
 *   'first: wanted a list, got string "abc"',
 * );
 * ```
 */
export function wrongArgument(
  op: string,
  wanted: string,
  got: Json,
): CaseError {
  return new CaseError(
    "schema",
    `${op}: wanted ${wanted}, got ${describe(got)}`,
  );
}

function describe(value: Json): string {
  const type = typeName(value);
  if (type === "null" || type === "list" || type === "dict") return type;
  if (typeof value !== "string") return `${type} ${value}`;
  if (value.length <= SHOWN) return `${type} ${JSON.stringify(value)}`;
  return `${type} ${JSON.stringify(value.slice(0, SHOWN))}…`;
}

/**
 * The text that a text operator sees: a string as it is, the JSON text of
 * anything else.
 *
 * @param value The argument.
 * @param meter Counts the work.
 * @returns The text.
 *
 * @example Usage
 * ```ts
 * import { textOf } from "./builtin.ts";
 * import { Meter } from "./meter.ts";
 * import { DEFAULT_BUDGETS } from "./budgets.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const meter = new Meter(DEFAULT_BUDGETS, () => 0);
 * assertEquals(textOf("a", meter), "a");
 * assertEquals(textOf(["a"], meter), '["a"]');
 * ```
 */
export function textOf(value: Json | undefined, meter: Meter): string {
  if (typeof value === "string") return value;
  return jsonText(value ?? null, meter);
}
