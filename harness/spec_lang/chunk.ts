/**
 * Functions of the machine: their code, and what the machine holds of them while
 * it runs.
 *
 * @module
 */

import type { Json } from "../json.ts";
import type { Instruction } from "./bytecode.ts";

/** Where a function finds a value to take along when it is made. */
export interface CaptureSource {
  /** From a local of the function around, or from what that one captured. */
  readonly local: boolean;
  /** Which one. */
  readonly index: number;
  /** Whether it is a cell, of which functions keep a list of their own. */
  readonly cell: boolean;
}

/** A library symbol as code refers to it. */
export interface SymbolLink {
  /** What runs when the symbol is read; missing until its library is compiled. */
  readonly entry: Closure | undefined;
}

/** The code of one function body. Not changed once it is complete. */
export interface Chunk {
  /** The first instruction. */
  readonly start: Instruction;
  /** How many arguments a call must give. */
  readonly arity: number;
  /** How many locals a call needs, the arguments among them. */
  readonly locals: number;
  /** The bodies of the functions written inside this one. */
  readonly chunks: readonly Chunk[];
  /** What a function of this chunk takes along. */
  readonly captures: readonly CaptureSource[];
  /** The library symbols that the code reads. */
  readonly symbols: readonly SymbolLink[];
}

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
