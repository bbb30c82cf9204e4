/**
 * Writes instructions.
 *
 * @module
 */

import {
  CONSTANT,
  FROM_STACK,
  Instruction,
  Op,
  type Operands,
} from "./bytecode.ts";

/**
 * The instructions of one function body while they are written.
 *
 * @example Usage
 * ```ts
 * import { Op } from "./bytecode.ts";
 * import { CodeWriter } from "./code_writer.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const writer = new CodeWriter();
 * writer.visit();
 * writer.emit(Op.SUBJECT);
 * writer.emit(Op.RETURN);
 * const start = writer.finish();
 * assertEquals([start.op, start.visits], [Op.SUBJECT, 1]);
 * assertEquals([start.next.op, start.next.visits], [Op.RETURN, 0]);
 * ```
 */
export class CodeWriter {
  readonly #code: Instruction[] = [];
  readonly #jumps: { readonly from: Instruction; readonly to: number }[] = [];
  #visits = 0;
  /** What stands before this may be jumped behind, and must stay apart. */
  #barrier = 0;

  /** Counts a visit; the next instruction carries it. */
  visit(): void {
    this.#visits++;
  }

  /** Where the next instruction will stand. */
  get here(): number {
    return this.#code.length;
  }

  /**
   * Appends an instruction.
   *
   * @param op One of {@linkcode Op}.
   * @param operands Its operands.
   * @returns The instruction.
   */
  emit(op: number, operands: Operands = {}): Instruction {
    const instruction = new Instruction(op, this.#visits, operands);
    this.#code.push(instruction);
    this.#visits = 0;
    return instruction;
  }

  /**
   * Appends an instruction that takes two operands from wherever they are: a
   * constant or a local just pushed is not pushed but becomes part of it.
   *
   * @param op One from ADD to EQ.
   */
  emitBinary(op: number): void {
    const constant = this.#takeBack(Op.CONST);
    const right = constant ?? this.#takeBack(Op.LOCAL);
    const left = this.#takeBack(Op.LOCAL);
    this.emit(op, {
      a: left?.a ?? FROM_STACK,
      b: constant ? CONSTANT : right?.a ?? FROM_STACK,
      value: constant?.value ?? null,
    });
  }

  /** Removes the last instruction if it is of one kind and nothing jumps behind it. */
  #takeBack(op: number): Instruction | undefined {
    const last = this.#code.at(-1);
    if (last?.op !== op || this.here <= this.#barrier) return undefined;
    this.#visits += last.visits;
    return this.#code.pop();
  }

  /**
   * Appends a jump that is made if top is false; a comparison jumps itself.
   *
   * @returns The instruction that jumps.
   */
  emitJumpFalse(): Instruction {
    const last = this.#code.at(-1);
    const compares = last !== undefined && this.here > this.#barrier &&
      last.op >= Op.LT && last.op <= Op.EQ;
    return compares ? last : this.emit(Op.JUMP_FALSE);
  }

  /**
   * Makes a jump lead to an instruction.
   *
   * @param from The instruction that jumps.
   * @param to Where the other stands; if not given, the next one to be written.
   */
  aim(from: Instruction, to: number = this.here): void {
    from.jumps = true;
    this.#jumps.push({ from, to });
    this.#barrier = Math.max(this.#barrier, to);
  }

  /**
   * Ends the code.
   *
   * @returns The first instruction, linked to all others.
   */
  finish(): Instruction {
    const end = this.emit(Op.RETURN);
    for (const [index, instruction] of this.#code.entries()) {
      instruction.next = this.#code[index + 1] ?? end;
    }
    for (const { from, to } of this.#jumps) from.target = this.#code[to] ?? end;
    return this.#code[0] ?? end;
  }
}
