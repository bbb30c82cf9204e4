/**
 * What the machine holds besides JSON: functions, and the cells that let a
 * function refer to a binding that is still being made.
 *
 * @module
 */

import { CaseError } from "../case_error.ts";
import type { Json } from "../json.ts";
import type { Chunk } from "./bytecode.ts";

/** A function value: code, and what it took along from around it. */
export class Closure {
  /** The code of the body. */
  readonly chunk: Chunk;
  /** The values it took along, in the order the code counts. */
  readonly values: readonly Slot[];
  /** The bindings it took along while they were being made. */
  readonly cells: readonly Cell[];

  /**
   * Makes a function value.
   *
   * @param chunk The code of the body.
   * @param values The values it takes along.
   * @param cells The bindings it takes along while they are being made.
   */
  constructor(
    chunk: Chunk,
    values: readonly Slot[],
    cells: readonly Cell[],
  ) {
    this.chunk = chunk;
    this.values = values;
    this.cells = cells;
  }
}

/** A binding that was taken along before it had a value. */
export class Cell {
  /** The value, or undefined as long as the binding is being made. */
  value: Slot = undefined;
}

/** Anything that stands on the machine's stack. */
export type Slot = Json | Closure | Cell | undefined;

/**
 * The name of a value's type, as `json_type` spells it.
 *
 * @param value Any JSON value.
 * @returns `null`, `bool`, `number`, `string`, `list` or `dict`.
 *
 * @example Usage
 * ```ts
 * import { typeName } from "./values.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([null, true, 1, "", [], {}].map(typeName), [
 *   "null",
 *   "bool",
 *   "number",
 *   "string",
 *   "list",
 *   "dict",
 * ]);
 * ```
 */
export function typeName(value: Json): JsonTypeName {
  if (value === null) return "null";
  if (Array.isArray(value)) return "list";
  return TYPE_NAMES[typeof value] ?? "dict";
}

/** The type names of the language. */
export type JsonTypeName =
  | "null"
  | "bool"
  | "number"
  | "string"
  | "list"
  | "dict";

const TYPE_NAMES: { readonly [key: string]: JsonTypeName } = {
  boolean: "bool",
  number: "number",
  string: "string",
};

/**
 * Takes a value from the stack where only data will do.
 *
 * @param slot What stands there.
 * @param place Who wants data, for the message.
 * @returns The value.
 * @throws {CaseError} `schema` if it is a function.
 *
 * @example Usage
 * ```ts
 * import { dataOf } from "./values.ts";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(dataOf([1], "eq"), [1]);
 * ```
 */
export function dataOf(slot: Slot, place: string): Json {
  if (slot instanceof Closure) {
    throw new CaseError("schema", `${place}: wanted data, got a function`);
  }
  if (slot === undefined || slot instanceof Cell) {
    throw new CaseError("schema", `${place}: wanted data, got nothing`);
  }
  return slot;
}
