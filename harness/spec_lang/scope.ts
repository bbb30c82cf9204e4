/**
 * Names and where their values are while an expression is compiled.
 *
 * @module
 */

import type { CaptureSource, Chunk, SymbolLink } from "./chunk.ts";
import { Op } from "./bytecode.ts";
import { CodeWriter } from "./code_writer.ts";

/** A parameter or a `let` binding. */
interface Binding {
  readonly slot: number;
  /** Whether code that runs from here on finds a value. */
  defined: boolean;
  /** Whether a function took it along before it was defined. */
  inCell: boolean;
}

/** A value taken along from the function around. */
interface Capture {
  readonly index: number;
  readonly binding: Binding;
}

/** What reading a name came to. */
export type Reading = "emitted" | "unknown" | "too early";

/**
 * The body of one function while it is compiled.
 *
 * Bodies are compiled depth first, so the names visible in the bodies around this
 * one do not change meanwhile.
 */
export class Unit {
  /** The instructions of the body. */
  readonly writer = new CodeWriter();
  readonly #parent: Unit | undefined;
  readonly #arity: number;
  readonly #scopes: Map<string, Binding>[] = [];
  readonly #captures = new Map<string, Capture>();
  readonly #sources: CaptureSource[] = [];
  #cells = 0;
  readonly #chunks: Chunk[] = [];
  readonly #symbols: SymbolLink[] = [];
  #locals = 0;

  /**
   * Begins a body.
   *
   * @param parent The body around it, if it is not the outermost.
   * @param parameters The names of its arguments, each once.
   */
  constructor(parent: Unit | undefined, parameters: readonly string[]) {
    this.#parent = parent;
    this.#arity = parameters.length;
    this.open(parameters);
    for (const name of parameters) this.#defineFirst(name);
  }

  /**
   * Opens a scope whose names have no values yet.
   *
   * @param names The names, each once.
   */
  open(names: readonly string[]): void {
    const scope = new Map<string, Binding>();
    for (const name of names) {
      scope.set(name, { slot: this.#locals++, defined: false, inCell: false });
    }
    this.#scopes.push(scope);
  }

  /** Closes the innermost scope. */
  close(): void {
    this.#scopes.pop();
  }

  #defineFirst(name: string): void {
    const binding = this.#scopes.at(-1)?.get(name);
    if (binding !== undefined) binding.defined = true;
  }

  /**
   * Pops the value of a name of the innermost scope.
   *
   * @param name The name.
   */
  define(name: string): void {
    const binding = this.#scopes.at(-1)?.get(name);
    if (binding === undefined) return;
    binding.defined = true;
    const op = binding.inCell ? Op.STORE_CELL : Op.STORE;
    this.writer.emit(op, { a: binding.slot });
  }

  /**
   * Pushes the value of a name.
   *
   * @param name The name.
   * @returns Whether there is such a name here and its value can be read.
   */
  read(name: string): Reading {
    const own = this.#local(name);
    if (own?.defined === false) return "too early";
    if (own !== undefined) {
      const op = own.inCell ? Op.LOCAL_CELL : Op.LOCAL;
      this.writer.emit(op, { a: own.slot, value: name });
      return "emitted";
    }
    const capture = this.#capture(name);
    if (capture === undefined) return "unknown";
    const op = capture.binding.inCell ? Op.CAPTURE_CELL : Op.CAPTURE;
    this.writer.emit(op, { a: capture.index, value: name });
    return "emitted";
  }

  #local(name: string): Binding | undefined {
    return this.#scopes.findLast((scope) => scope.has(name))?.get(name);
  }

  /** This body, the one around it, and so on. */
  *#outwards(): Generator<Unit, void, void> {
    yield this;
    let unit = this.#parent;
    while (unit !== undefined) {
      yield unit;
      unit = unit.#parent;
    }
  }

  /** Takes a name along through every body between its owner and this one. */
  #capture(name: string): Capture | undefined {
    const between: Unit[] = [];
    for (const unit of this.#outwards()) {
      const binding = unit.#local(name);
      if (binding !== undefined) {
        binding.inCell ||= !binding.defined;
        return Unit.#passDown(name, binding, {
          local: true,
          index: binding.slot,
          cell: binding.inCell,
        }, between);
      }
      const known = unit.#captures.get(name);
      if (known !== undefined) {
        return Unit.#passDown(name, known.binding, {
          local: false,
          index: known.index,
          cell: known.binding.inCell,
        }, between) ?? known;
      }
      between.push(unit);
    }
    return undefined;
  }

  /** Adds a capture to each body on the way in; the last is that of the reader. */
  static #passDown(
    name: string,
    binding: Binding,
    owner: CaptureSource,
    between: readonly Unit[],
  ): Capture | undefined {
    let source = owner;
    let capture: Capture | undefined;
    for (const unit of between.toReversed()) {
      capture = unit.#take(name, binding, source);
      source = { ...source, local: false, index: capture.index };
    }
    return capture;
  }

  /** Adds a capture. Cells are counted apart from values. */
  #take(name: string, binding: Binding, source: CaptureSource): Capture {
    this.#sources.push(source);
    const values = this.#sources.length - this.#cells - 1;
    const index = source.cell ? this.#cells++ : values;
    const capture = { index, binding };
    this.#captures.set(name, capture);
    return capture;
  }

  /**
   * Lists the names that can be read here, innermost first.
   *
   * @returns The names, for suggestions.
   */
  names(): string[] {
    const names: string[] = [];
    for (const unit of this.#outwards()) {
      for (const scope of unit.#scopes.toReversed()) {
        names.push(...scope.keys());
      }
    }
    return names;
  }

  /**
   * Pushes a function.
   *
   * @param chunk Its body.
   */
  closure(chunk: Chunk): void {
    this.writer.emit(Op.CLOSURE, { a: this.#chunks.push(chunk) - 1 });
  }

  /**
   * Pushes the value of a library symbol.
   *
   * @param link The symbol.
   */
  symbol(link: SymbolLink): void {
    this.writer.emit(Op.SYMBOL, { a: this.#symbols.push(link) - 1 });
  }

  /**
   * Ends the body.
   *
   * @returns Its code.
   */
  finish(): Chunk {
    return Object.freeze({
      start: this.writer.finish(),
      arity: this.#arity,
      locals: this.#locals,
      chunks: this.#chunks,
      captures: this.#sources,
      symbols: this.#symbols,
    });
  }
}
