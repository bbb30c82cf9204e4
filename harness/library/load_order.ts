/**
 * In which order library files are loaded: each after those it imports.
 *
 * @module
 */

import { quoted } from "../../text/printable.ts";
import { isInside } from "../contract_root.ts";
import type { LibraryFault } from "./fault.ts";
import {
  definedTwice,
  type LibraryFile,
  type LibraryFunction,
  type LibraryImport,
} from "./library_file.ts";

/** Where loading begins. */
export interface LoadStart {
  /** The library files to load, in their order. */
  readonly imports: readonly LibraryImport[];
  /** The file that names them, if it is a library file itself. */
  readonly from?: LibraryFile | undefined;
  /** The folder that no library may be outside of. */
  readonly root: string;
}

/** What loading asks for. */
export interface LoadSteps {
  /**
   * Opens a library file.
   *
   * @param path The file, absolute and without symbolic links.
   * @returns The file, or why it cannot be read.
   */
  open(path: string): LibraryFile | string;
  /**
   * Called for each file once all that it imports is loaded.
   *
   * @param file The file.
   * @returns What is wrong with it, if anything.
   */
  finish(file: LibraryFile): LibraryFault | undefined;
}

/** Why library files cannot be loaded. */
export class LoadError extends Error {
  /** What is wrong. */
  readonly fault: LibraryFault;
  /**
   * Which of the imports that loading began with leads there; nothing if the
   * file that names them is wrong itself.
   */
  readonly start: number | undefined;
  /** The files on the way there, the last one where it is wrong. */
  readonly trail: readonly string[];

  /**
   * Makes an error.
   *
   * @param fault What is wrong.
   * @param way How loading came there.
   */
  constructor(fault: LibraryFault, way: Pick<LoadError, "start" | "trail">) {
    super(fault.text);
    this.name = "LoadError";
    this.fault = fault;
    this.start = way.start;
    this.trail = way.trail;
  }
}

/**
 * Goes through library files, depth first, and each one once.
 *
 * It keeps a stack of its own: files may import each other as deep as they
 * like.
 *
 * Source: spec format, section 4, "spec_lang.library".
 *
 * @param start Where loading begins.
 * @param steps How a file is opened, and what is done with it.
 * @returns The files, each behind those it imports.
 * @throws {LoadError} For the first fault.
 *
 * @example A file that imports itself
 * ```ts
 * import { loadOrder } from "./load_order.ts";
 * import { assertThrows } from "@std/assert";
 *
 * const target = { kind: "path" as const, path: "/repo/a.yaml" };
 * const locate = () => ({ path: "/repo/a.yaml", line: 3, column: 10 });
 * const self = { written: "a.yaml", target, owner: undefined, locate };
 * const file = {
 *   path: "/repo/a.yaml",
 *   libraries: [],
 *   functions: new Map(),
 *   imports: [self],
 *   faults: [],
 * };
 * assertThrows(
 *   () =>
 *     loadOrder({ imports: [self], root: "/repo" }, {
 *       open: () => file,
 *       finish: () => undefined,
 *     }),
 *   Error,
 *   "libraries import each other in a circle",
 * );
 * ```
 */
export function loadOrder(start: LoadStart, steps: LoadSteps): LibraryFile[] {
  return new Walk(start, steps).run();
}

const ESCAPES =
  "library path escapes contract root: move the library inside or choose the root with --contract-root";

interface Frame {
  readonly file: LibraryFile | undefined;
  readonly imports: readonly LibraryImport[];
  next: number;
}

class Walk {
  readonly #start: LoadStart;
  readonly #steps: LoadSteps;
  readonly #frames: Frame[];
  readonly #open: Set<string>;
  readonly #loaded = new Map<string, LibraryFile>();
  readonly #defined = new Map<string, LibraryFunction>();

  constructor(start: LoadStart, steps: LoadSteps) {
    this.#start = start;
    this.#steps = steps;
    this.#frames = [{ file: undefined, imports: start.imports, next: 0 }];
    this.#open = new Set(start.from === undefined ? [] : [start.from.path]);
  }

  run(): LibraryFile[] {
    for (;;) {
      const frame = this.#frames.at(-1);
      if (frame === undefined) return this.#end();
      const edge = frame.imports[frame.next];
      if (edge === undefined) this.#leave(frame);
      else this.#follow(edge);
    }
  }

  #end(): LibraryFile[] {
    const { from } = this.#start;
    const fault = from && this.#define(from);
    if (fault !== undefined) throw this.#error(fault);
    return [...this.#loaded.values()];
  }

  #follow(edge: LibraryImport): void {
    const path = this.#pathOf(edge);
    if (this.#open.has(path)) {
      throw this.#refuse(edge, "libraries import each other in a circle", path);
    }
    if (this.#loaded.has(path)) return this.#goOn();
    const file = this.#steps.open(path);
    if (typeof file === "string") throw this.#refuse(edge, file, path);
    this.#open.add(path);
    this.#frames.push({ file, imports: file.imports, next: 0 });
    const [fault] = file.faults;
    if (fault !== undefined) throw this.#error(fault);
  }

  #pathOf(edge: LibraryImport): string {
    const { target } = edge;
    if (target.kind === "refused") throw this.#refuse(edge, target.reason);
    if (isInside(target.path, this.#start.root)) return target.path;
    throw this.#refuse(edge, ESCAPES, target.path);
  }

  #leave({ file }: Frame): void {
    if (file !== undefined) {
      const fault = this.#define(file) ?? this.#steps.finish(file);
      if (fault !== undefined) throw this.#error(fault);
      this.#open.delete(file.path);
      this.#loaded.set(file.path, file);
    }
    this.#frames.pop();
    this.#goOn();
  }

  #goOn(): void {
    const frame = this.#frames.at(-1);
    if (frame !== undefined) frame.next++;
  }

  #define(file: LibraryFile): LibraryFault | undefined {
    for (const [name, found] of file.functions) {
      const first = this.#defined.get(name);
      if (first !== undefined) {
        const { owner } = found;
        return definedTwice(name, { at: found.locate(), owner }, first);
      }
      this.#defined.set(name, found);
    }
    return undefined;
  }

  #refuse(edge: LibraryImport, reason: string, path?: string): LoadError {
    const isStart = this.#frames.length === 1;
    const text = isStart
      ? reason
      : `cannot load library ${quoted(edge.written)}: ${reason}`;
    const at = isStart ? undefined : edge.locate();
    const fault = { category: "schema", text, at } as const;
    return this.#error(fault, path === undefined ? [] : [path]);
  }

  #error(fault: LibraryFault, beyond: readonly string[] = []): LoadError {
    const files = this.#frames.flatMap(({ file }) => file?.path ?? []);
    const start = this.#frames[0]?.next;
    return new LoadError(fault, { start, trail: [...files, ...beyond] });
  }
}
