/**
 * The code that expressions are compiled to, and how it is written.
 *
 * Instructions are objects of one class that refer to the next one and to where they
 * jump: one check of the class answers for all fields, which is faster than words
 * in a typed array, each with a check of its bounds.
 *
 * An instruction counts *visits*: the number of expressions whose visit begins with
 * it, so that counting steps costs one subtraction per instruction. Between a visit
 * and the instruction that counts it nothing can fail or jump, hence the count is
 * exact.
 *
 * Arithmetic and comparison take locals and constants without a push, and a
 * comparison can jump: the writer melts such instructions together as they come.
 *
 * @module
 */

import type { Json } from "../json.ts";

/**
 * The operations. `a`, `b` and `value` are operands, `top` the value on top of the
 * stack; a *local* is a parameter or a `let` binding of the running function. What
 * jumps, jumps to `target`.
 */
export const Op = {
  /** Push `value`. */
  CONST: 0,
  /** Push local `a`. */
  LOCAL: 1,
  /** Push the value in the cell that is local `a`; `value` is its name. */
  LOCAL_CELL: 2,
  /** Push captured value `a`. */
  CAPTURE: 3,
  /** Push the value in the captured cell `a`; `value` is its name. */
  CAPTURE_CELL: 4,
  /** Pop into local `a`. */
  STORE: 5,
  /** Pop into the cell of local `a`. */
  STORE_CELL: 6,
  /** Push a function made of inner chunk `a`. */
  CLOSURE: 7,
  /** Call the function below its `a` arguments. */
  CALL: 8,
  /** The same as the last act of this function; `b` 1 makes the result a boolean. */
  TAIL_CALL: 9,
  /** End this function with top as its result. */
  RETURN: 10,
  /** Go to `target`. */
  JUMP: 11,
  /** Pop, go to `target` if it is false by truth. */
  JUMP_FALSE: 12,
  /** Pop, go to `target` if it is true. */
  JUMP_TRUE: 13,
  /** Make top a boolean. */
  TRUTH: 14,
  /** Make top the opposite boolean. */
  NOT: 15,
  /** Push the subject. */
  SUBJECT: 16,
  /** Apply builtin `a` to top. */
  BUILTIN1: 17,
  /** Apply builtin `a` to the two values on top. */
  BUILTIN2: 18,
  /** Push the sum of `a` and `b`: locals, or {@linkcode FROM_STACK}, or {@linkcode CONSTANT}. */
  ADD: 19,
  /** Push their difference. */
  SUB: 20,
  /** Compare them: less. Push the boolean, or, with a target, go there if it is false. */
  LT: 21,
  /** As LT: less or equal. */
  LTE: 22,
  /** As LT: greater. */
  GT: 23,
  /** As LT: greater or equal. */
  GTE: 24,
  /** As LT: equal. */
  EQ: 25,
  /** Check function and list, make the list an iteration; `a` 0 for map, 1 for filter. */
  EACH: 26,
  /** Call the function on the next item; after the last leave only the result, go to `target`. */
  EACH_NEXT: 27,
  /** Pop into the iteration's result, go to `target`. */
  MAP_COLLECT: 28,
  /** Pop, keep the item if it is true, go to `target`. */
  FILTER_COLLECT: 29,
  /** Run library symbol `a`. */
  SYMBOL: 30,
} as const;

/** The operators that have an instruction of their own. */
export const FAST_OPERATORS: readonly {
  readonly name: string;
  readonly op: number;
}[] = [
  { name: "add", op: Op.ADD },
  { name: "sub", op: Op.SUB },
  { name: "lt", op: Op.LT },
  { name: "lte", op: Op.LTE },
  { name: "gt", op: Op.GT },
  { name: "gte", op: Op.GTE },
  { name: "eq", op: Op.EQ },
];

/** In the place of a local: the operand is popped. */
export const FROM_STACK = -1;
/** In the place of the second local: the operand is `value`. */
export const CONSTANT = -2;

/** One instruction. */
export class Instruction {
  /** One of {@linkcode Op}. */
  readonly op: number;
  /** How many visits begin here. */
  readonly visits: number;
  /** The first operand. */
  readonly a: number;
  /** The second operand. */
  readonly b: number;
  /** The operand that is data. */
  readonly value: Json;
  /** Whether `target` was set. */
  jumps = false;
  /** Where it jumps. */
  target: Instruction = this;
  /** What follows. */
  next: Instruction = this;

  /**
   * Makes an instruction that is not linked to others yet.
   *
   * @param op One of {@linkcode Op}.
   * @param visits How many visits begin here.
   * @param operands The operands; 0 and null where not given.
   */
  constructor(op: number, visits: number, operands: Operands) {
    this.op = op;
    this.visits = visits;
    this.a = operands.a ?? 0;
    this.b = operands.b ?? 0;
    this.value = operands.value ?? null;
  }
}

/** The operands of an instruction, as {@linkcode Op} describes them. */
export interface Operands {
  /** The first operand. */
  readonly a?: number;
  /** The second operand. */
  readonly b?: number;
  /** The operand that is data. */
  readonly value?: Json;
}
