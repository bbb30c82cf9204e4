/**
 * The code that expressions are compiled to, and how it is written.
 *
 * An instruction is four words: operation, visits, and two operands. *Visits*
 * is the number of expressions whose visit begins with this instruction, so that
 * counting steps costs one subtraction per instruction. Between a visit and the
 * instruction that counts it nothing can fail or jump, hence the count is exact.
 *
 * @module
 */

import type { Json } from "../json.ts";
import type { Closure } from "./values.ts";

/** How many words one instruction has. */
export const WIDTH = 4;

/**
 * The operations. `a` and `b` are the operands, `top` the value on top of the
 * stack; a *local* is a parameter or a `let` binding of the running function.
 */
export const Op = {
  /** Push constant `a`. */
  CONST: 0,
  /** Push local `a`. */
  LOCAL: 1,
  /** Push the value in the cell that is local `a`; `b` is the constant with its name. */
  LOCAL_CELL: 2,
  /** Push captured value `a`. */
  CAPTURE: 3,
  /** Push the value in the captured cell `a`; `b` is the constant with its name. */
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
  /** Go to `a`. */
  JUMP: 11,
  /** Pop, go to `a` if it is false by truth. */
  JUMP_FALSE: 12,
  /** Pop, go to `a` if it is true. */
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
  /** As BUILTIN2, for numbers at once: add. */
  ADD: 19,
  /** As BUILTIN2, for numbers at once: subtract. */
  SUB: 20,
  /** As BUILTIN2, for numbers at once: less. */
  LT: 21,
  /** As BUILTIN2, for numbers at once: less or equal. */
  LTE: 22,
  /** As BUILTIN2, for numbers at once: greater. */
  GT: 23,
  /** As BUILTIN2, for numbers at once: greater or equal. */
  GTE: 24,
  /** As BUILTIN2, for numbers at once: equal. */
  EQ: 25,
  /** Check function and list, make the list an iteration; `a` 0 for map, 1 for filter. */
  EACH: 26,
  /** Call the function on the next item; after the last leave only the result, go to `a`. */
  EACH_NEXT: 27,
  /** Pop into the iteration's result, go to `a`. */
  MAP_COLLECT: 28,
  /** Pop, keep the item if it is true, go to `a`. */
  FILTER_COLLECT: 29,
  /** Run library symbol `a`. */
  SYMBOL: 30,
} as const;

/** Where a function finds a value to take along when it is made. */
export interface CaptureSource {
  /** From a local of the function around, or from what that one captured. */
  readonly local: boolean;
  /** Which one. */
  readonly index: number;
}

/** A library symbol as code refers to it; filled in once the library is compiled. */
export interface SymbolLink {
  /** The name documents use. */
  readonly name: string;
  /** What runs when the symbol is read. */
  entry: Closure | undefined;
}

/** The code of one function body. Not changed once it is complete. */
export interface Chunk {
  /** The instructions, {@linkcode WIDTH} words each. */
  readonly code: Int32Array;
  /** How many arguments a call must give. */
  readonly arity: number;
  /** How many locals a call needs, the arguments among them. */
  readonly locals: number;
  /** The scalars that the code pushes. */
  readonly constants: readonly Json[];
  /** The bodies of the functions written inside this one. */
  readonly chunks: readonly Chunk[];
  /** What a function of this chunk takes along. */
  readonly captures: readonly CaptureSource[];
  /** The library symbols that the code reads. */
  readonly symbols: readonly SymbolLink[];
}

/**
 * Writes instructions.
 *
 * @example Usage
 * ```ts
 * import { CodeWriter, Op } from "./bytecode.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const writer = new CodeWriter();
 * writer.visit();
 * writer.emit(Op.SUBJECT);
 * writer.emit(Op.RETURN);
 * assertEquals([...writer.finish()], [16, 1, 0, 0, 10, 0, 0, 0]);
 * ```
 */
export class CodeWriter {
  readonly #words: number[] = [];
  #visits = 0;

  /** Counts a visit; the next instruction carries it. */
  visit(): void {
    this.#visits++;
  }

  /**
   * Appends an instruction.
   *
   * @param op One of {@linkcode Op}.
   * @param a The first operand.
   * @param b The second operand.
   * @returns Where it stands, for {@linkcode CodeWriter.aim}.
   */
  emit(op: number, a = 0, b = 0): number {
    const at = this.#words.length;
    this.#words.push(op, this.#visits, a, b);
    this.#visits = 0;
    return at;
  }

  /** Where the next instruction will stand. */
  get here(): number {
    return this.#words.length;
  }

  /**
   * Makes jumps lead to the next instruction.
   *
   * @param jumps Where the jumps stand.
   */
  aim(jumps: readonly number[]): void {
    for (const at of jumps) this.#words[at + 2] = this.here;
  }

  /**
   * Ends the code.
   *
   * @returns The instructions, packed.
   */
  finish(): Int32Array {
    return Int32Array.from(this.#words);
  }
}
