/**
 * What the machine's instructions do beyond moving values about.
 *
 * @module
 */

import { Cell, Closure, type Slot, type SymbolLink } from "./chunk.ts";
import { CaseError } from "../case_error.ts";
import { isJsonList, type Json } from "../json.ts";
import { budgetExceeded } from "./budgets.ts";
import { type BuiltinContext, wrongArgument } from "./builtin.ts";
import { BUILTINS } from "./builtins.ts";

import type { Meter } from "./meter.ts";
import { isTrue } from "./truth.ts";
import { dataOf } from "./values.ts";

/** How many values may stand on the stack. */
const MAX_STACK = 4_000_000;

/** One run of `map` or `filter` over its list. */
export class Iteration {
  /** The items. */
  readonly list: readonly Json[];
  /** What has come out so far. */
  readonly result: Json[] = [];
  /** The index of the item whose turn it is. */
  next = 0;

  /**
   * Begins at the first item.
   *
   * @param list The items.
   */
  constructor(list: readonly Json[]) {
    this.list = list;
  }
}

/** Anything that stands on the machine's stack, iterations among them. */
export type StackSlot = Slot | Iteration;

/**
 * Makes room for the locals of a call.
 *
 * @param stack The stack.
 * @param top Where the locals begin.
 * @param count How many there are.
 * @returns Where they end.
 * @throws {CaseError} `runtime` if the stack has reached its ceiling.
 */
export function reserve(
  stack: StackSlot[],
  top: number,
  count: number,
): number {
  const end = top + count;
  if (end > MAX_STACK) {
    throw budgetExceeded("steps", {
      limit: "too many calls wait for others to return",
      remedy: "no key raises this: let what is called return the result itself",
    });
  }
  for (let at = top; at < end; at++) stack[at] = undefined;
  return end;
}

/**
 * Checks what is about to be called.
 *
 * @param slot The function, if it is one.
 * @param count How many arguments it is given.
 * @returns The function.
 * @throws {CaseError} `schema` if it is none, or takes another number.
 */
export function callee(slot: StackSlot, count: number): Closure {
  if (!(slot instanceof Closure)) {
    throw wrongArgument("call", "a function", data(slot, "call"));
  }
  const { arity } = slot.chunk;
  if (arity === count) return slot;
  throw new CaseError(
    "schema",
    `arity error: the function takes ${arity} argument(s), got ${count}`,
  );
}

/**
 * The function a frame belongs to.
 *
 * @param slot Where the frame keeps it.
 * @returns The function.
 */
export function closureAt(slot: StackSlot): Closure {
  if (slot instanceof Closure) return slot;
  throw new TypeError("Cannot return: the frame has no function");
}

/**
 * The iteration an instruction works on.
 *
 * @param slot Where it stands.
 * @returns The iteration.
 */
export function iterationAt(slot: StackSlot): Iteration {
  if (slot instanceof Iteration) return slot;
  throw new TypeError("Cannot iterate: there is no iteration on the stack");
}

/**
 * Begins `map` or `filter`.
 *
 * @param fn The function.
 * @param list The list.
 * @param op The name of the operator.
 * @param meter Counts the items.
 * @returns The iteration.
 * @throws {CaseError} `schema` if either is something else, or the function does
 * not take one argument.
 */
export function iterate(
  fn: StackSlot,
  list: StackSlot,
  op: string,
  meter: Meter,
): Iteration {
  if (!(fn instanceof Closure)) {
    throw wrongArgument(op, "a function as first", data(fn, op));
  }
  callee(fn, 1);
  const items = data(list, op);
  if (!isJsonList(items)) throw wrongArgument(op, "a list as second", items);
  meter.make(items.length);
  return new Iteration(items);
}

/**
 * Makes a function, taking along what it uses from the function around.
 *
 * A binding that is still being made becomes a cell, shared from here on with
 * whoever defines it.
 *
 * @param around The function around.
 * @param index Which of its inner chunks is the body.
 * @param stack The stack.
 * @param base Where the locals of the function around begin.
 * @returns The function.
 */
export function close(
  around: Closure,
  index: number,
  stack: StackSlot[],
  base: number,
): Closure {
  const chunk = around.chunk.chunks[index];
  if (chunk === undefined) throw new TypeError("Cannot close: no such chunk");
  const values: Slot[] = [];
  const cells: Cell[] = [];
  for (const { local, index, cell } of chunk.captures) {
    if (cell) {
      const found = local ? stack[base + index] : around.cells[index];
      const taken = found instanceof Cell ? found : new Cell();
      if (local) stack[base + index] = taken;
      cells.push(taken);
    } else {
      const found = local ? stack[base + index] : around.values[index];
      values.push(found instanceof Iteration ? undefined : found);
    }
  }
  return new Closure(chunk, values, cells);
}

/**
 * Gives a binding that some function may have taken along its value.
 *
 * @param stack The stack.
 * @param at Where the binding is, or its cell.
 * @param value The value.
 */
export function defineCell(
  stack: StackSlot[],
  at: number,
  value: StackSlot,
): void {
  const slot = stack[at];
  const cell = slot instanceof Cell ? slot : new Cell();
  cell.value = value instanceof Iteration ? undefined : value;
  stack[at] = cell;
}

/**
 * The value in the cell that is a local.
 *
 * @param slot The local.
 * @returns The value; undefined if it has none yet.
 */
export function inCell(slot: StackSlot): Slot {
  return slot instanceof Cell ? slot.value : undefined;
}

/**
 * Makes the error of a binding that is read while it is being made.
 *
 * @param name The name of the binding.
 * @returns The error, category `schema`.
 */
export function tooEarly(name: Json): CaseError {
  return new CaseError(
    "schema",
    `variable ${JSON.stringify(name)} is read before it is defined`,
  );
}

/**
 * What runs when a library symbol is read.
 *
 * @param link The symbol.
 * @returns Its code as a function without arguments.
 */
export function symbolEntry(link: SymbolLink | undefined): Closure {
  if (link?.entry !== undefined) return link.entry;
  throw new TypeError("Cannot read a library symbol: it was not compiled");
}

/**
 * Decides a condition.
 *
 * @param slot The value.
 * @returns Whether it is true by truth.
 * @throws {CaseError} `schema` if it is a function.
 */
export function truth(slot: StackSlot): boolean {
  return typeof slot === "boolean" ? slot : isTrue(data(slot, "condition"));
}

/**
 * Takes a value from the stack where only data will do.
 *
 * @param slot The value.
 * @param place Who wants data, for the message.
 * @returns The value.
 * @throws {CaseError} `schema` if it is a function.
 */
export function data(slot: StackSlot, place: string): Json {
  return dataOf(slot instanceof Iteration ? undefined : slot, place);
}

/**
 * Applies an operator.
 *
 * @param index Its place in the table.
 * @param a The first argument.
 * @param b The second, or undefined.
 * @param context What operators may ask of the world.
 * @returns The value.
 * @throws {CaseError} As the operator does; `schema` if an argument is a function.
 */
export function apply(
  index: number,
  a: StackSlot,
  b: StackSlot,
  context: BuiltinContext,
): Json {
  const builtin = BUILTINS[index];
  if (builtin === undefined) {
    throw new TypeError("Cannot apply: no such operator");
  }
  const left = data(a, builtin.name);
  const right = b === undefined ? undefined : data(b, builtin.name);
  return builtin.run(left, right, context);
}
